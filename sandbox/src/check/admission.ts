import type { Call } from '../context.ts';
import type { Admittance } from '../desk.ts';
import { pathOf, signedBy } from '../context.ts';
import { tokenState } from '../explain/tokens.ts';
import { Refusal } from '../refusal.ts';
import type { Scope, TokenRefusal } from '../life.ts';
import { hashOf } from '../tokens.ts';
import { invalidToken, readBearer } from './bearer.ts';
import type { Payload } from './jws.ts';
import { checkUserIp } from './user-ip.ts';

/** Refuses a call for data or a payment that may not be answered; gives what it stands on. */
export async function admit(call: Call, scope: Scope, payload: Payload): Promise<Admittance> {
  const accessToken = readBearer(call.req.header('authorization') ?? null);
  const { app } = await signedBy(call, payload);
  const { attended } = checkUserIp(call.req.header('x-user-ip') ?? null);
  const endpoint = `${call.req.method} ${pathOf(call)}`;
  const page = new URL(call.req.url).searchParams.get('page');
  const hash = await hashOf(accessToken);
  const admitted = await call.var.desk.admit({ hash, app, scope, endpoint, attended, page }, call.var.now);
  if (admitted.intentId !== undefined) call.env.observer?.concerns?.({ intentId: admitted.intentId });
  if (admitted.admitted) return admitted;
  switch (admitted.reason) {
    case 'other_scope':
      throw otherScope(scope);
    case 'budget':
      throw tooMany(endpoint, admitted.retryAfter);
    default:
      throw invalidToken('ACC-1', tokenProblem(admitted.reason), {
        blameless: true,
        expected: 'an access token of this application, in time',
        came: tokenState(admitted.reason),
      });
  }
}

function otherScope(scope: Scope): Refusal {
  const came = `a consent with the scope "${scope === 'aisp' ? 'pisp' : 'aisp'}"`;
  const description = `The consent is not for this; ask for one with the scope "${scope}".`;
  const told = { expected: `the scope "${scope}"`, came };
  return new Refusal(403, 'insufficient_scope', description, { rule: 'AUT-3', blameless: true, ...told });
}

function tooMany(endpoint: string, retryAfter: number): Refusal {
  const description =
    `${endpoint} was asked for 4 times in 24 hours without the PSU (ACC-2); wait ${retryAfter} seconds, ` +
    'or send x-user-ip when the PSU is present.';
  const told = { expected: 'at most 4 requests in 24 hours without x-user-ip', came: 'a fifth' };
  const headers = { 'retry-after': String(retryAfter) };
  return new Refusal(429, 'too_many_requests', description, { rule: 'ACC-2', headers, ...told });
}

function tokenProblem(reason: TokenRefusal): string {
  switch (reason) {
    case 'unknown':
      return 'The access token is not one that this gateway issued, or it ended more than a day ago.';
    case 'other_kind':
      return 'What was sent as access token is a refresh token or an authorisation code.';
    case 'other_app':
      return 'The access token belongs to another application than the one that signed the call.';
    case 'withdrawn':
      return 'The PSU has withdrawn the consent; ask for a new one.';
    case 'consent_ended':
      return 'The consent has ended, 90 days after the PSU gave it; ask for a new one.';
    case 'spent':
    case 'expired':
      return 'The access token has expired; use the refresh token to get a new one.';
  }
}
