/** What a gateway in a process can be told at its start. */

import { ASPSP } from '../aspsp.ts';
import type { Bases } from '../bases.ts';
import { Clock } from '../clock.ts';
import type { Controls } from '../controls.ts';
import type { PersonaName } from '../data/persona.ts';
import type { Shape } from '../data/shape.ts';
import { type EnvironmentName, type Lifetimes, lifetimesOf } from '../life.ts';
import type { Permission } from '../permissions.ts';
import { DEFAULT_READINGS, type Readings } from '../readings.ts';
import { PAGE_SIZE, type Settings } from '../settings.ts';
import { newCredentials } from './credentials.ts';

export interface SandboxApplication {
  app: string;
  /** What the bank's pages call it; its id, without one. */
  name?: string;
  /** The text or the bytes that were uploaded to the portal, to the byte (JWS-8). */
  certificate: string | Uint8Array;
  /** Null has the person sent to the holding page. */
  redirectUrl: string | null;
}

/** The TPP that is known without registering; what is left out is made up anew. */
export interface SandboxTpp {
  clientId?: string;
  clientSecret?: string;
  applications?: readonly SandboxApplication[];
  /** Of the one application that is made up; without it the person is sent to the holding page. */
  redirectUrl?: string;
}

export interface SandboxOptions extends SandboxTpp {
  aspsp?: string;
  /** `both`: production stands beside it, under `production`, and shares who has registered. */
  environment?: EnvironmentName | 'both';
  /** With `both`: the TPP of production, whose credentials are none of the sandbox's (ENV-5). */
  production?: SandboxTpp;
  /** Whether order and spelling are held against the protocol where another reading means the same. */
  strict?: boolean;
  lifetimes?: Partial<Lifetimes>;
  clockOffsetSeconds?: number;
  /** Two prefixes and two versions find out whoever signs more or less than the path below the base (JWS-3). */
  bases?: Partial<Bases>;
  /** Texts to answer with in place of the stub data, by path. */
  resources?: Readonly<Record<string, string>>;
  /** ACC-5: `tell` unless told otherwise. */
  shape?: Shape;
  /** How many items of a list an answer holds at most; 50 unless told otherwise. */
  pageSize?: number;
  /** Whether the account whose JSON is awkward is listed. */
  awkward?: boolean;
  /** Whom the person at the bank is where nobody chooses; `usual` unless told otherwise. */
  persona?: PersonaName;
  /** A whole number: each has everybody live through another year. */
  seed?: number;
  /** PAY-6: the member of the body of `POST /authorise` in which a payment may be stated. */
  paymentAtAuthorise?: string;
  /** Where this gateway is to read the guide otherwise, as another bank's might. */
  readings?: Partial<Readings>;
  /** Who may use the control paths and pages; whoever comes by the loopback interface unless told otherwise. */
  controls?: Controls;
  port?: number;
}

/** What the PSU chooses on the consent page. */
export interface Choice {
  /** Who they are. */
  persona?: PersonaName;
  /** The account that a payment is taken from. */
  account?: string;
  /** What a consent for account information permits. */
  permissions?: readonly Permission[];
}

/** A TPP with all that it needs. */
export type Tpp = Required<Pick<SandboxTpp, 'clientId' | 'clientSecret' | 'applications'>> & { vaultKey: string };

export function tppOf({ clientId, clientSecret, applications, redirectUrl }: SandboxTpp, environment: EnvironmentName): Tpp {
  const made = newCredentials(environment, redirectUrl);
  return {
    clientId: clientId ?? made.clientId,
    clientSecret: clientSecret ?? made.clientSecret,
    applications: applications ?? [made],
    vaultKey: made.vaultKey,
  };
}

export function settingsOf(options: SandboxOptions, environment: EnvironmentName, tpp: Tpp): Settings {
  const { clientId, clientSecret, applications } = tpp;
  return {
    client: { clientId, clientSecret },
    aspsp: options.aspsp ?? ASPSP,
    applications: applications.map(({ app, name, certificate, redirectUrl }) => ({
      app,
      ...(name !== undefined && { name }),
      redirectUrl,
      certificates: [typeof certificate === 'string' ? new TextEncoder().encode(certificate) : certificate],
    })),
    environment,
    strict: options.strict ?? false,
    lifetimes: { ...lifetimesOf(environment), ...options.lifetimes },
    clock: new Clock(options.clockOffsetSeconds),
    resources: options.resources ?? {},
    faults: [],
    readings: { ...DEFAULT_READINGS, ...options.readings },
    shape: options.shape ?? 'tell',
    pageSize: options.pageSize ?? PAGE_SIZE,
    awkward: options.awkward ?? false,
    controls: options.controls ?? 'loopback',
    persona: options.persona ?? 'usual',
    seed: options.seed ?? 0,
    paymentAtAuthorise: options.paymentAtAuthorise ?? null,
  };
}
