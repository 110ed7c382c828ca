import type { IntentState, Scope, TokenKind, TokenRefusal } from './life.ts';
import type { PersonaName } from './data/persona.ts';
import type { Permission } from './permissions.ts';
import type { DaySum, Tallied } from './tally.ts';
import type { Fifth } from './unattended.ts';
import type { Walk } from './walks.ts';

/** One authorisation request and what became of it. */
export interface Intent {
  id: string;
  uuid: string;
  app: string;
  scope: Scope;
  sandboxSca: boolean;
  /** PAY-6: the JSON text of the payment that was stated with the request; null when none was. */
  payment: string | null;
  /** The account that the PSU chose to pay from; null when nobody chose. */
  account: string | null;
  /** What the PSU has narrowed the consent to; null when it permits all that there is to read. */
  permissions: readonly Permission[] | null;
  /** Who has accepted; null while nobody has, and in books of an earlier version, which knew one person. */
  persona: PersonaName | null;
  state: IntentState;
  requestedAt: number;
  decidedAt: number | null;
}

export type NewIntent = Pick<Intent, 'id' | 'uuid' | 'app' | 'scope' | 'sandboxSca' | 'payment'>;

/** A refusal needs no code; an acceptance comes with the hash of the code that the redirect will carry. */
export type Decision =
  | {
      accepted: true;
      codeHash: string;
      codeSeconds: number;
      account: string | null;
      permissions: readonly Permission[] | null;
      persona: PersonaName;
    }
  | { accepted: false };

export type Decided = { decided: true; intent: Intent } | { decided: false; intent: Intent | null };

/** A code or refresh token handed in, and the hashes of the tokens to put in its place. */
export interface Redemption {
  kind: Exclude<TokenKind, 'access'>;
  hash: string;
  app: string;
  accessHash: string;
  /** Nothing leaves the refresh token that was handed in as it is. */
  refreshHash: string | null;
  accessTokenSeconds: number;
  /** How long a spent refresh token still gives the answer that it gave. */
  graceSeconds: number;
}

export type Redeemed =
  | { issued: true; intentId: string; scope: Scope; permissions: Intent['permissions']; expiresIn: number }
  | { issued: false; reason: TokenRefusal; intentId?: string };

/** A call with an access token. */
export interface Admission {
  hash: string;
  app: string;
  scope: Scope;
  /** Method and path. */
  endpoint: string;
  /** Whether the PSU is present, so that ACC-2 does not count the call. */
  attended: boolean;
  /** The page of a list that it asks for. */
  page: string | null;
}

export interface Admittance {
  intentId: string;
  permissions: Intent['permissions'];
  persona: Intent['persona'];
  /** The walk that the page asked for continues; null when none was asked for, or a made-up one. */
  walk: Walk | null;
  /** When the code was exchanged; null when that is long ago. */
  exchangedAt: number | null;
}

export type Admitted =
  | ({ admitted: true } & Admittance)
  // A token that is known names its consent, whatever comes of the call.
  | { admitted: false; reason: TokenRefusal | 'other_scope'; intentId?: string }
  | { admitted: false; reason: 'budget'; retryAfter: number; intentId: string };

export interface Payment {
  id: string;
  /** The body as it came: a JSON object's text. */
  body: string;
  submittedAt: number;
}

type Awaitable<T> = T | Promise<T>;

/** All that the routes ask of the bank's books. Every method is one step: done as a whole or not at all. */
export interface Desk {
  /** ENV-3: with `uuidIsNew` an intent is not opened whose `uuid` came before. */
  open(intent: NewIntent, rule: { uuidIsNew: boolean }, now: number): Awaitable<{ opened: boolean }>;
  find(intentId: string): Awaitable<Intent | null>;
  decide(intentId: string, decision: Decision, now: number): Awaitable<Decided>;
  withdraw(intentId: string): Awaitable<Intent | null>;
  redeem(redemption: Redemption, now: number): Awaitable<Redeemed>;
  admit(admission: Admission, now: number): Awaitable<Admitted>;
  namePage(intentId: string, endpoint: string, walk: Walk, now: number): Awaitable<string>;
  fifths(): Awaitable<Fifth[]>;
  /** The scope of the consent that a code or token belongs to, whether or not it can still be used. */
  scopeOf(hash: string): Awaitable<Scope | null>;
  tally(call: Tallied): Awaitable<void>;
  /** Days are whole ones since 1970, both included. */
  daysCounted(first: number, last: number): Awaitable<DaySum[]>;
  firstDayCounted(): Awaitable<number | null>;
  submit(intentId: string, payment: Payment): Awaitable<{ submitted: boolean }>;
  payment(intentId: string): Awaitable<Payment | null>;
}
