// The consent state machine: events in, commands out. A shell of any kind can carry it; ours is ../worker/vault.ts.
// Ready on import in Node, Deno, Bun and workerd; refused in browsers. Each runtime has a loader beside this file.

import type { Profile, SignedRequest } from '../edge/index.js';
import type { Environment, Scope } from '../index.js';

export { TellConnectError } from '../error.js';
export type { ErrorCode, Fault, GatewayRefusal } from '../error.js';

/** What an RFC 9457 problem tells, with a stable code. */
export interface Problem {
  status: number;
  detail: string;
  code: string;
  /** What the gateway said, where it said something. */
  gateway?: { status: number; error?: string };
}

/** What somebody asks of a consent. The caller that the shell adds gets exactly one answer. */
export type Wish =
  | { type: 'start'; scope: string; application?: string | undefined }
  | { type: 'redirected'; url: string }
  | {
      type: 'wanted';
      method: string;
      path: string;
      /** The customer as the edge saw them; left out when no customer is present. */
      visitor?: { host: string; ip?: string | undefined };
      body?: string;
    }
  | { type: 'forget' };

/** What happens to a consent. */
export type ConsentEvent =
  | (Wish & { caller: number })
  | { type: 'answered'; id: number; status: number; retryAfter?: string | undefined; body: string }
  | { type: 'lost'; id: number; loss: 'timeout' | 'unreachable' | 'unreadable' }
  | { type: 'woken' };

/** What a caller gets. */
export type Outcome =
  | { kind: 'requested'; uuid: string; location: string; expiresAt: string }
  | { kind: 'connected' }
  | { kind: 'declined' }
  | { kind: 'passed'; id: number }
  | { kind: 'forgotten' }
  | { kind: 'failed'; problem: Problem; retryAfter?: number };

/** What the shell is to do, in order. */
export type Command =
  | { type: 'keep'; snapshot: string }
  | { type: 'wake'; at?: number }
  | { type: 'forget' }
  | { type: 'send'; id: number; request: SignedRequest; deadlineMs: number }
  | { type: 'answer'; caller: number; outcome: Outcome };

/** What may be known of a consent from outside. */
export interface ConsentView {
  scope: Scope;
  state:
    | 'requested'
    | 'authorised'
    | 'active'
    | 'declined'
    | 'code_expired'
    | 'revoked'
    | 'reauthorise'
    | 'spent'
    | 'expired';
  permissions: string[];
  grantedAt: string | null;
  expiresAt: string | null;
}

export interface Consent {
  /** Takes one event at a time in milliseconds since 1970. */
  handle(event: ConsentEvent, now: number): Command[];
  view(): ConsentView | undefined;
  /** The journey so far as JSON, nothing secret in it. */
  journey(): string;
}

export interface ConsentConstructor {
  /** @throws {TellConnectError} `snapshot_damaged`, `snapshot_version_unknown`, `configuration_invalid` */
  new (settings: Settings, snapshot?: string): Consent;
}

export interface Settings {
  readonly environment: Environment;
  /** 32 bytes each; the first encrypts, all decrypt. */
  vaultKeys(): Uint8Array<ArrayBuffer>[];
}

export interface SettingsConstructor {
  /** @throws {TellConnectError} `configuration_invalid` with every fault */
  read(env: object, profile?: Profile): Settings;
}

/** A worker's settings, checked. */
export declare const Settings: SettingsConstructor;

/** One consent: what is kept of it, and who waits. */
export declare const Consent: ConsentConstructor;
