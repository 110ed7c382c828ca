import type { EnvironmentName } from '../../src/life.ts';
import type { Bench } from './bench.ts';

/** One call that shows a rule: wrong in one way, or right where the rule says what must be answered. */
export interface Case {
  /** The rule that the call breaks or shows. */
  rule: string;
  /** What is wrong with the call, in a few words. */
  name: string;
  /** What the gateway answers: `401 invalid_signature JWS-3`, or a status alone. By environment where they differ. */
  expected: string | Readonly<Record<EnvironmentName, string>>;
  /** By which reading the call would have been right: the refusal names it (JWS-10). */
  reading?: string;
  /** Settings of the gateway other than the usual. */
  settings?: Readonly<Record<string, string>>;
  make: (bench: Bench) => Promise<Response>;
}

export const STRICT = { SANDBOX_STRICT: 'true' };

export function expectedIn({ expected }: Case, environment: EnvironmentName): string {
  return typeof expected === 'string' ? expected : expected[environment];
}
