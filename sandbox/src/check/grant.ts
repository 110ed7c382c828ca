import { Refusal, invalidRequest, quoted } from '../refusal.ts';
import type { TokenRefusal } from '../life.ts';

export interface Grant {
  kind: 'code' | 'refresh';
  /** The code or refresh token itself. */
  secret: string;
}

/** TOK-1, REF-1: the fields of `POST /access-token`. */
export function readGrant(fields: ReadonlyMap<string, string>, { strict }: { strict: boolean }): Grant {
  if (strict && fields.size > 1 && [...fields.keys()][0] !== 'grant_type') {
    throw invalidRequest('TOK-1', 'The form does not begin with grant_type.');
  }
  switch (fields.get('grant_type')) {
    case 'authorization_code':
      return { kind: 'code', secret: readOnly(fields, 'code', 'TOK-1') };
    case 'refresh_token':
      return { kind: 'refresh', secret: readOnly(fields, 'refresh_token', 'REF-1') };
    case undefined:
      throw invalidRequest('TOK-1', 'The form lacks grant_type; send authorization_code or refresh_token.');
    default:
      throw unsupportedGrantType(fields.get('grant_type'));
  }
}

function unsupportedGrantType(found: string | undefined): Refusal {
  const description = `The grant_type is ${quoted(found)}; send authorization_code or refresh_token.`;
  return new Refusal(400, 'unsupported_grant_type', description, { rule: 'TOK-1' });
}

function readOnly(fields: ReadonlyMap<string, string>, name: string, rule: string): string {
  const unknown = [...fields.keys()].find((field) => field !== 'grant_type' && field !== name);
  if (unknown !== undefined) {
    throw invalidRequest(rule, `The form has ${quoted(unknown)}; for this grant it has grant_type and ${name} alone.`);
  }
  const value = fields.get(name) ?? '';
  if (value === '') throw invalidRequest(rule, `The form lacks ${name}, or it is empty.`);
  return value;
}

const NAMES = { code: 'authorisation code', refresh: 'refresh token' };

/** The refusal of a code or refresh token, in the words of RFC 6749, 5.2. */
export function invalidGrant(kind: Grant['kind'], reason: TokenRefusal): Refusal {
  const rule = kind === 'code' ? (reason === 'expired' ? 'TOK-2' : 'TOK-1') : 'REF-1';
  return new Refusal(400, 'invalid_grant', grantProblem(kind, reason), { rule, blameless: true });
}

function grantProblem(kind: Grant['kind'], reason: TokenRefusal): string {
  const name = NAMES[kind];
  switch (reason) {
    case 'unknown':
      return `The ${name} is not one that this gateway issued; was it read whole, and decoded once?`;
    case 'other_kind':
      return `What was sent is a token, but no ${name}.`;
    case 'other_app':
      return `The ${name} belongs to another application; the one that asked for the consent must sign.`;
    case 'withdrawn':
      return 'The PSU has withdrawn the consent; ask for a new one.';
    case 'consent_ended':
      return 'The consent has ended, 90 days after the PSU gave it; ask for a new one.';
    case 'spent':
      return kind === 'code'
        ? 'The authorisation code was used before; each works once.'
        : 'The refresh token was used before; use the one that came in the last answer.';
    case 'expired':
      return kind === 'code'
        ? 'The authorisation code has expired; exchange it as soon as it comes, or ask for a new consent.'
        : 'The refresh token is older than 90 days; ask for a new consent.';
  }
}
