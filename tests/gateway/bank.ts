/** What the bank knows: intents, codes, consents and their tokens. No HTTP here, and the clock is passed in. */

import { randomBytes, randomUUID } from 'node:crypto';

export type Scope = 'aisp' | 'pisp';
export type Rotation = 'strict' | 'grace';

/** Read at each use, so that a test may change them while the gateway runs. */
export interface Lifetimes {
  codeSeconds: number;
  /** `expires_in` of the tokens that a code is exchanged for. */
  accessSeconds: number;
  /** `expires_in` of refreshed tokens. */
  refreshedAccessSeconds: number;
  /** `strict`: a spent refresh token is refused. `grace`: within the window it gets the same answer again. */
  rotation: Rotation;
  graceSeconds: number;
}

export interface Intent {
  readonly id: string;
  readonly uuid: string;
  readonly scope: Scope;
  readonly app: string;
  readonly sandboxSca: boolean;
  decision?: { readonly code: string | null };
}

export interface Consent {
  readonly id: string;
  readonly intent: Intent;
  readonly until: number;
  revoked: boolean;
}

export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly scope: string;
}

/** Why a grant is refused: for the tests' own messages. On the wire all of them are `invalid_grant`. */
export type Refusal = 'unknown' | 'foreign_app' | 'expired' | 'spent' | 'revoked';

const CONSENT_SECONDS = 90 * 24 * 3600;
const PERMISSIONS = { aisp: 'balance:read,product:read,accounts:read,beneficiaries:read', pisp: 'payments:write' };

export class Bank {
  readonly intents = new Map<string, Intent>();
  readonly consents: Consent[] = [];
  /** Every code and token that was ever issued: what must never show up elsewhere. */
  readonly issued: string[] = [];
  readonly #codes = new Map<string, { intent: Intent; until: number; spent: boolean }>();
  readonly #refreshTokens = new Map<string, { consent: Consent; spent?: { at: number; answer: TokenAnswer } }>();
  readonly #accessTokens = new Map<string, { consent: Consent; until: number }>();
  readonly #lifetimes: Lifetimes;
  readonly #now: () => number;

  constructor(lifetimes: Lifetimes, now: () => number) {
    this.#lifetimes = lifetimes;
    this.#now = now;
  }

  open(app: string, uuid: string, scope: Scope, sandboxSca: boolean): Intent {
    const intent: Intent = { id: randomUUID(), uuid, scope, app, sandboxSca };
    this.intents.set(intent.id, intent);
    return intent;
  }

  hasUuid(uuid: string): boolean {
    return [...this.intents.values()].some((intent) => intent.uuid === uuid);
  }

  /** The PSU decides, once: a later decision changes nothing. */
  decide(intent: Intent, accepted: boolean): string | null {
    if (intent.decision === undefined) {
      const code = accepted ? this.#issue('code') : null;
      intent.decision = { code };
      if (code !== null) {
        this.#codes.set(code, { intent, until: this.#now() + this.#lifetimes.codeSeconds, spent: false });
      }
    }
    return intent.decision.code;
  }

  exchange(code: string, app: string): TokenAnswer | Refusal {
    const entry = this.#codes.get(code);
    if (entry === undefined) return 'unknown';
    if (entry.intent.app !== app) return 'foreign_app';
    if (entry.spent) return 'spent';
    if (this.#now() >= entry.until) return 'expired';
    entry.spent = true;
    const consent = { id: randomUUID(), intent: entry.intent, until: this.#now() + CONSENT_SECONDS, revoked: false };
    this.consents.push(consent);
    return this.#grant(consent, this.#lifetimes.accessSeconds);
  }

  /** `rotate: false` keeps the refresh token usable, for an answer that does not carry a new one (REF-1). */
  refresh(refreshToken: string, app: string, rotate: boolean): TokenAnswer | Refusal {
    const entry = this.#refreshTokens.get(refreshToken);
    if (entry === undefined) return 'unknown';
    const { consent, spent } = entry;
    if (consent.intent.app !== app) return 'foreign_app';
    if (consent.revoked) return 'revoked';
    if (this.#now() >= consent.until) return 'expired';
    if (spent !== undefined) {
      const graceful = this.#lifetimes.rotation === 'grace' && this.#now() - spent.at < this.#lifetimes.graceSeconds;
      return graceful ? spent.answer : 'spent';
    }
    const answer = this.#grant(consent, this.#lifetimes.refreshedAccessSeconds);
    if (rotate) entry.spent = { at: this.#now(), answer };
    return answer;
  }

  /** The consent a refresh token belongs to, spent or not. */
  consentOf(refreshToken: string): Consent | undefined {
    return this.#refreshTokens.get(refreshToken)?.consent;
  }

  /** The consent an access token opens now. */
  access(accessToken: string, app: string): Consent | undefined {
    const entry = this.#accessTokens.get(accessToken);
    if (entry === undefined || this.#now() >= entry.until) return undefined;
    const { consent } = entry;
    return consent.revoked || this.#now() >= consent.until || consent.intent.app !== app ? undefined : consent;
  }

  /** Takes back what access tokens there are and leaves the refresh tokens: the next call is a 401, once. */
  dropAccessTokens(): void {
    this.#accessTokens.clear();
  }

  /** The PSU takes a consent back, or all of them; the TPP is not told. */
  revoke(consent?: Consent): void {
    for (const each of consent === undefined ? this.consents : [consent]) each.revoked = true;
  }

  #grant(consent: Consent, seconds: number): TokenAnswer {
    const answer: TokenAnswer = {
      access_token: this.#issue('at'),
      refresh_token: this.#issue('rt'),
      token_type: 'Bearer',
      expires_in: seconds,
      scope: PERMISSIONS[consent.intent.scope],
    };
    this.#accessTokens.set(answer.access_token, { consent, until: this.#now() + seconds });
    this.#refreshTokens.set(answer.refresh_token, { consent });
    return answer;
  }

  #issue(kind: 'code' | 'at' | 'rt'): string {
    const value = `${kind}-${randomBytes(24).toString('base64url')}`;
    this.issued.push(value);
    return value;
  }
}
