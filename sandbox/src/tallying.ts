import { isCut } from './cut.ts';
import type { Desk } from './desk.ts';
import type { RecordedCall } from './record.ts';
import { type Counted, kindOf } from './tally.ts';
import { hashOf } from './tokens.ts';

/** Counts a call that is answered now; nothing for an answer stands for one that the gateway failed to make. */
export async function tally(
  desk: Desk,
  call: RecordedCall,
  answer: Response | undefined,
  { at, microseconds }: { at: number; microseconds: number },
): Promise<void> {
  const failed = answer === undefined || isCut(answer) || answer.status >= 500;
  const kind = call.path === '/payment-funds-confirmation' ? 'CBPII' : await consentKind(desk, call);
  await desk.tally({ kind, at, failed, microseconds });
}

/** By the consent that the call stands on; where that is not known, by what is asked. */
async function consentKind(desk: Desk, call: RecordedCall): Promise<Counted> {
  const secret = secretOf(call);
  const scope = secret === null ? null : await desk.scopeOf(await hashOf(secret));
  return scope === null ? askedKind(call) : kindOf(scope);
}

/** The code or token that names the consent. */
export function secretOf({ endpoint, headers, body }: RecordedCall): string | null {
  if (endpoint === 'exchange') return new URLSearchParams(body).get('code');
  if (endpoint === 'refresh') return new URLSearchParams(body).get('refresh_token');
  const authorization = headers.find(([name]) => name === 'authorization')?.[1] ?? '';
  return /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? null;
}

function askedKind({ endpoint, path, body }: RecordedCall): Counted {
  if (endpoint === 'authorise') {
    const [, scope] = /"scope"\s*:\s*"(aisp|pisp)"/.exec(body) ?? [];
    return scope === undefined ? 'other' : kindOf(scope as 'aisp' | 'pisp');
  }
  if (/^\/accounts(\/|$)/.test(path)) return 'AISP';
  return /^\/payments(\/|$)/.test(path) ? 'PISP' : 'other';
}
