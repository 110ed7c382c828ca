/** How long everything lives, decided without a clock: times are milliseconds since 1970 and `now` is passed in. */

const SECOND = 1000;
const DAY = 86_400 * SECOND;

/** REF-1, and the longest that a PSU can grant. */
export const CONSENT_LIFE = 90 * DAY;

export type Scope = 'aisp' | 'pisp';
export type EnvironmentName = 'sandbox' | 'production';
export type IntentState = 'requested' | 'accepted' | 'declined' | 'withdrawn';
export type TokenKind = 'code' | 'access' | 'refresh';

/**
 * REF-1, what becomes of a refresh token that is used. `strict`: it is replaced and works once. `grace`: for a while it
 * gives the same answer again. `none`: it is not replaced.
 */
export type Rotation = 'strict' | 'grace' | 'none';
export const ROTATIONS: readonly Rotation[] = ['strict', 'grace', 'none'];

export interface Lifetimes {
  codeSeconds: number;
  /** `expires_in` of the tokens that a code is exchanged for. */
  accessSeconds: number;
  /** `expires_in` of refreshed tokens. */
  refreshedAccessSeconds: number;
  rotation: Rotation;
  graceSeconds: number;
}

/** ENV-2, TOK-3. */
export function lifetimesOf(environment: EnvironmentName): Lifetimes {
  return {
    codeSeconds: environment === 'sandbox' ? 600 : 60,
    accessSeconds: 3600,
    refreshedAccessSeconds: 3600,
    rotation: 'strict',
    graceSeconds: 60,
  };
}

/** A code or token as it is kept, with what matters of its consent. */
export interface KeptToken {
  kind: TokenKind;
  app: string;
  state: IntentState;
  expiresAt: number;
  /** When a code or refresh token was used; an access token is never spent. */
  spentAt: number | null;
  consentEndsAt: number;
}

export type TokenRefusal = 'unknown' | 'other_kind' | 'other_app' | 'withdrawn' | 'consent_ended' | 'spent' | 'expired';

/** Why a code or token cannot be used now by this application; nothing when it can. */
export function tokenRefusal(
  token: KeptToken | undefined,
  { kind, app, graceSeconds = 0 }: { kind: TokenKind; app: string; graceSeconds?: number },
  now: number,
): TokenRefusal | undefined {
  if (token === undefined) return 'unknown';
  if (token.kind !== kind) return 'other_kind';
  if (token.app !== app) return 'other_app';
  if (token.state !== 'accepted') return 'withdrawn';
  if (token.spentAt !== null && (graceSeconds === 0 || now >= token.spentAt + graceSeconds * SECOND)) return 'spent';
  if (now >= token.consentEndsAt) return 'consent_ended';
  return now >= token.expiresAt ? 'expired' : undefined;
}

/** The ends of the two tokens of one issue: neither outlives the consent. */
export function tokenEnds(
  consentEndsAt: number,
  accessTokenSeconds: number,
  now: number,
): { access: number; refresh: number; expiresIn: number } {
  const access = Math.min(now + accessTokenSeconds * SECOND, consentEndsAt);
  const refresh = Math.min(now + CONSENT_LIFE, consentEndsAt);
  return { access, refresh, expiresIn: wholeSeconds(access - now) };
}

export function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / SECOND);
}

/**
 * The permissions in a token answer: what the PSU has narrowed the consent to, or else the guide's own list; and for a
 * payment what its two calls need.
 */
export function permissionsOf(scope: Scope, narrowed: readonly string[] | null): string {
  if (scope === 'pisp') return 'payment:create,payment:read,funds:read';
  return narrowed?.join(',') ?? 'balance:read,product:read,accounts:read,beneficiaries:read';
}
