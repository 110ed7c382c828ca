import { namesOf } from '../explain/shape.ts';
import { tokenState } from '../explain/tokens.ts';
import { Refusal, invalidRequest, quoted } from '../refusal.ts';
import type { TokenRefusal } from '../life.ts';

export interface Grant {
  kind: 'code' | 'refresh';
  /** The code or refresh token itself. */
  secret: string;
  /** Fields that are let pass, although this grant has none such. */
  ignored: readonly string[];
}

/** What OAuth clients send along (RFC 6749 4.1.3 and 6, RFC 7636, RFC 8707) and tell.connect has no use for. */
const CUSTOMARY = ['redirect_uri', 'code_verifier', 'client_id', 'scope', 'resource'];
const GRANT_TYPES = 'authorization_code or refresh_token';

/** TOK-1, REF-1: the fields of `POST /access-token`. */
export function readGrant(fields: ReadonlyMap<string, string>, { strict }: { strict: boolean }): Grant {
  if (strict && fields.size > 1 && [...fields.keys()][0] !== 'grant_type') {
    const told = { expected: 'grant_type first', came: namesOf(fields.keys()) };
    throw invalidRequest('TOK-1', 'The form does not begin with grant_type.', told);
  }
  switch (fields.get('grant_type')) {
    case 'authorization_code':
      return { kind: 'code', ...readOnly(fields, 'code', { rule: 'TOK-1', strict }) };
    case 'refresh_token':
      return { kind: 'refresh', ...readOnly(fields, 'refresh_token', { rule: 'REF-1', strict }) };
    case undefined:
      throw invalidRequest('TOK-1', `The form lacks grant_type; send ${GRANT_TYPES}.`, {
        expected: GRANT_TYPES,
        came: `a form of ${namesOf(fields.keys())}`,
      });
    default:
      throw unsupportedGrantType(fields.get('grant_type'));
  }
}

function unsupportedGrantType(found: string | undefined): Refusal {
  const description = `The grant_type is ${quoted(found)}; send ${GRANT_TYPES}.`;
  const told = { expected: GRANT_TYPES, came: quoted(found) };
  return new Refusal(400, 'unsupported_grant_type', description, { rule: 'TOK-1', ...told });
}

function readOnly(
  fields: ReadonlyMap<string, string>,
  name: string,
  { rule, strict }: { rule: string; strict: boolean },
): Omit<Grant, 'kind'> {
  const further = [...fields.keys()].filter((field) => field !== 'grant_type' && field !== name);
  const told = { expected: `grant_type and ${name}`, came: namesOf(fields.keys()) };
  const unknown = further.find((field) => strict || !CUSTOMARY.includes(field));
  if (unknown !== undefined) {
    const hint = unknown === 'client_secret' ? '; credentials stand in the Authorization header (BAS-1)' : '';
    const description =
      `The form has ${namesOf([unknown])}; for this grant it has grant_type and ${name} alone${hint}.`;
    throw invalidRequest(rule, description, told);
  }
  const value = fields.get(name) ?? '';
  if (value === '') {
    const came = fields.has(name) ? `${name} is empty` : told.came;
    throw invalidRequest(rule, `The form lacks ${name}, or it is empty.`, { ...told, came });
  }
  return { secret: value, ignored: further };
}

const NAMES = { code: 'authorisation code', refresh: 'refresh token' };
const GOOD = { code: 'an authorisation code, unspent and in time,', refresh: 'the latest refresh token' };

/** The refusal of a code or refresh token, in the words of RFC 6749, 5.2. */
export function invalidGrant(kind: Grant['kind'], reason: TokenRefusal): Refusal {
  const rule = kind === 'code' ? (reason === 'expired' ? 'TOK-2' : 'TOK-1') : 'REF-1';
  const told = { expected: `${GOOD[kind]} of this application`, came: tokenState(reason) };
  return new Refusal(400, 'invalid_grant', grantProblem(kind, reason), { rule, blameless: true, ...told });
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
