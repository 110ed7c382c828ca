import type { ConsentQuery } from '../consents.ts';
import { CONSENTS_AT_ONCE } from '../consents.ts';
import type { Intent } from '../desk.ts';
import type { Entry } from '../journal/journal.ts';
import { CONSENT_LIFE, type EnvironmentName, type IntentState } from '../life.ts';
import { PERMISSIONS } from '../permissions.ts';
import { quoted } from '../refusal.ts';
import { type Portal, notFound } from './portal.ts';

/** `ended`: it was accepted, 90 days ago. */
export type ConsentState = IntentState | 'ended';

export interface Consent {
  intent: Intent;
  environment: EnvironmentName;
  state: ConsentState;
  /** What the application is called; its id where it has no name, or is gone. */
  appName: string;
  /** Null while nothing is granted. */
  endsAt: number | null;
  /** What the person permits; empty where nothing is granted. */
  granted: readonly string[];
}

export interface ConsentPage {
  consents: Consent[];
  /** The last of them, where there may be more. */
  before: string | undefined;
}

const AFTER_PAYMENT = ['one payment', 'its status', 'whether there is money for it'];

export function consentsOf(portal: Portal, environment: EnvironmentName, query: ConsentQuery): ConsentPage {
  const intents = portal.branch(environment)?.intents(query) ?? [];
  return {
    consents: intents.map((intent) => toConsent(portal, environment, intent)),
    before: intents.length === CONSENTS_AT_ONCE ? intents.at(-1)?.id : undefined,
  };
}

/** In whichever environment it is. */
export function consentOf(portal: Portal, id: string): Consent {
  for (const environment of ['sandbox', 'production'] as const) {
    const intent = portal.branch(environment)?.ledger.find(id);
    if (intent) return toConsent(portal, environment, intent);
  }
  throw notFound(`There is no consent ${quoted(id)}; it may have ended long ago.`);
}

/** REV-1: as if the person had withdrawn it. The TPP is not told. */
export function revoke(portal: Portal, id: string): Consent {
  const { environment } = consentOf(portal, id);
  portal.branch(environment)?.ledger.withdraw(id);
  return consentOf(portal, id);
}

/** Each call that was made under it, the newest first, as far back as the journal goes. */
export function callsUnder(portal: Portal, { intent, environment }: Consent): Entry[] {
  return portal.branch(environment)?.journal.query({ intentId: intent.id, limit: 200 }) ?? [];
}

/** Why a call did not go well; null where it did. */
export function reasonOf({ refusal, fault, status }: Entry): string | null {
  if (refusal !== null) return `${refusal.error_description} (${refusal.rule})`;
  if (fault !== null) return `It met a planned fault: ${fault}.`;
  if (status === 0) return 'The connection was closed before the answer.';
  return status >= 400 ? `It was answered with the status ${status}.` : null;
}

function toConsent(portal: Portal, environment: EnvironmentName, intent: Intent): Consent {
  const { app, decidedAt } = intent;
  const wasGranted = intent.state === 'accepted' || intent.state === 'withdrawn';
  const endsAt = wasGranted && decidedAt !== null ? decidedAt + CONSENT_LIFE : null;
  const hasEnded = intent.state === 'accepted' && endsAt !== null && portal.now(environment) >= endsAt;
  const permitted = intent.scope === 'pisp' ? AFTER_PAYMENT : (intent.permissions ?? PERMISSIONS);
  return {
    intent,
    environment,
    state: hasEnded ? 'ended' : intent.state,
    appName: portal.register.applications.find(app)?.name ?? app,
    endsAt,
    granted: wasGranted ? permitted : [],
  };
}
