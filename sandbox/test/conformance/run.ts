/** Plays a case against one environment's gateway, and says what came of it and where in the source. */

import type { EnvironmentName } from '../../src/life.ts';
import type { Refusal } from '../../src/refusal.ts';
import { VARIABLES } from '../support/sandbox.ts';
import { Bench } from './bench.ts';
import type { Case } from './case.ts';

/** A line of the gateway's source on the way to a refusal. */
export interface Frame {
  /** Below `sandbox/src`. */
  file: string;
  line: number;
  /** Nothing for a function without a name. */
  name: string | undefined;
}

export interface Played {
  /** `401 invalid_signature JWS-3`, or a status alone. */
  outcome: string;
  /** What the refusal tells beside. */
  told: Partial<Told>;
  body: string;
  headers: Headers;
  /** Of the refusal that was answered, the innermost first; empty when it was none. */
  frames: readonly Frame[];
  /** What no answer to a refused call may repeat (ERR-2). */
  secrets: readonly string[];
}

// A refusal is made at the end of a long way through the router.
Error.stackTraceLimit = 60;

export async function play({ settings, make }: Case, environment: EnvironmentName): Promise<Played> {
  const bench = new Bench(environment, settings);
  const response = await make(bench);
  const body = await response.clone().text();
  const parsed = parse(body);
  const isRefusal = response.status >= 400 && parsed !== undefined;
  const outcome = isRefusal ? `${response.status} ${parsed.error} ${parsed.rule}` : String(response.status);
  const refusal = bench.refusals.findLast(({ message }) => message === parsed?.error_description);
  const frames = isRefusal && refusal !== undefined ? framesOf(refusal) : [];
  const secrets = [VARIABLES.SANDBOX_CLIENT_SECRET, ...bench.issued];
  return { outcome, told: parsed ?? {}, body, headers: response.headers, frames, secrets };
}

interface Told {
  expected: string;
  came: string;
  reading: string;
}

function parse(text: string): (Record<'error' | 'error_description' | 'rule', string> & Partial<Told>) | undefined {
  try {
    return JSON.parse(text) as ReturnType<typeof parse>;
  } catch {
    return undefined;
  }
}

const FRAME = /^\s*at (?:async )?(?:(?:new )?(\S.*?) \()?file:.*?\/sandbox\/src\/(\S+?):(\d+):\d+\)?$/;

function framesOf({ stack = '' }: Refusal): Frame[] {
  return stack.split('\n').flatMap((text) => {
    const [, name, file, line] = FRAME.exec(text) ?? [];
    return file === undefined ? [] : [{ file, line: Number(line), name: nameOf(name) }];
  });
}

/** Of `Object.checkJson` the last part; nothing for `<anonymous>`. */
function nameOf(text: string | undefined): string | undefined {
  const name = text?.split(' ')[0]?.split('.').at(-1);
  return name === undefined || name.startsWith('<') ? undefined : name;
}

/** Where the call was found wrong: the named function that threw, or that made what was thrown. */
export function placeOf(frames: readonly Frame[], isThrow: (frame: Frame) => boolean): string {
  const made = frames.filter(({ file }) => file !== 'refusal.ts');
  const thrown = made.find(isThrow);
  const named = thrown?.name === undefined ? made.find(({ name }) => name !== undefined) : thrown;
  const place = named ?? thrown ?? made[0];
  if (place === undefined) return '';
  return place.name === undefined ? place.file : `${place.file} ${place.name}`;
}
