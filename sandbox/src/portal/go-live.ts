import type { Branch } from '../branch.ts';
import type { Entry } from '../journal/journal.ts';
import { kindOf } from '../tally.ts';
import type { Role } from '../register/developers.ts';
import { CERTIFICATE_CHECKS, type Flaw, redirectFlaw } from './fitness.ts';
import type { Portal } from './portal.ts';

/** `waits`: it can be said once a check before it holds. */
export type Verdict = 'holds' | 'wanting' | 'waits';

export interface Check {
  name: string;
  title: string;
  verdict: Verdict;
  /** What was found, where it is wanting. */
  found: string | null;
  todo: string | null;
}

/** LIV-1: whether an application is fit for production, point by point. */
export function checksOf(portal: Portal, app: string): Check[] {
  const { developer: developerId, redirectUrl } = portal.application(app);
  const { authority, registerNumber, roles } = portal.developer(developerId);
  const journeys = journeysOf(portal.branch('sandbox'), app);
  return [
    check('redirect-url', 'The redirect URL is https, and not the holding page', redirectFlaw(redirectUrl)),
    ...certificateChecks(portal, app, developerId),
    check('authority', 'The National Competent Authority is told', wantingUnless(authority !== null, TOLD)),
    check('register-number', 'The number in its register is told', wantingUnless(registerNumber !== null, TOLD)),
    check('role', 'The roles are those that the application needs', roleFlaw(roles, journeys)),
    check('credentials', 'Production has credentials of its own', credentialsFlaw(portal, developerId)),
    check('journey', 'The application has completed a journey in the sandbox', journeyFlaw(journeys)),
    check('sandbox-sca', 'The last authorisation in the sandbox was without sandbox_sca', scaFlaw(journeys)),
  ];
}

export function isReady(checks: readonly Check[]): boolean {
  return checks.every(({ verdict }) => verdict === 'holds');
}

const TOLD: Flaw = {
  found: 'It is not told.',
  todo: 'Ask for production on the developer’s page, with the authority, the number and the roles.',
};

function check(name: string, title: string, flaw: Flaw | undefined): Check {
  return { name, title, verdict: flaw === undefined ? 'holds' : 'wanting', found: null, todo: null, ...flaw };
}

function wantingUnless(holds: boolean, flaw: Flaw): Flaw | undefined {
  return holds ? undefined : flaw;
}

const CERTIFICATE_TITLES = {
  parses: 'It parses as X.509',
  inDate: 'It is in date',
  itsOwn: 'It is none of the sandbox’s',
} as const;

/** What comes behind one that is wanting waits. */
function certificateChecks(portal: Portal, app: string, developer: string): Check[] {
  const [newest] = portal.certificates(app, 'production');
  const around = { others: portal.sandboxCertificates(developer), now: portal.now('production') };
  const none = { found: 'There is none.', todo: 'Add one for production to the application.' };
  const isThere = wantingUnless(newest !== undefined, none);
  const checks = [check('certificate', 'There is a certificate for production', isThere)];
  for (const [name, title] of Object.entries(CERTIFICATE_TITLES) as [keyof typeof CERTIFICATE_TITLES, string][]) {
    const waits = newest === undefined || !isReady(checks);
    const done = check(KEBAB[name], title, waits ? undefined : CERTIFICATE_CHECKS[name](newest.bytes, around));
    checks.push(waits ? { ...done, verdict: 'waits' } : done);
  }
  return checks;
}

const KEBAB = { parses: 'certificate-parses', inDate: 'certificate-in-date', itsOwn: 'certificate-its-own' } as const;

function credentialsFlaw({ register }: Portal, developer: string): Flaw | undefined {
  const sandbox = register.clients.of(developer, 'sandbox');
  const production = register.clients.of(developer, 'production');
  if (production === null) return { found: 'There are none.', todo: 'Ask for production on the developer’s page.' };
  const isShared = production.clientId === sandbox?.clientId || production.secretHash === sandbox?.secretHash;
  const todo = 'Get a new secret for production on the developer’s page.';
  return isShared ? { found: 'They are those of the sandbox.', todo } : undefined;
}

interface Journeys {
  /** Whether the sandbox's books can be looked into from here. */
  known: boolean;
  exchanged: boolean;
  /** Of the consents under which a call was answered. */
  used: ReadonlySet<Role>;
  lastWithSca: boolean;
}

/** From the sandbox's journal, which keeps the calls that came last. */
function journeysOf(sandbox: Branch | undefined, app: string): Journeys {
  const answered = (endpoint: string): Entry[] =>
    (sandbox?.journal.query({ app, endpoint, limit: Infinity }) ?? []).filter(wentWell);
  const used = new Set<Role>();
  for (const { intentId } of [...answered('resource'), ...answered('payment')]) {
    const intent = intentId === null ? null : sandbox?.ledger.find(intentId);
    if (intent) used.add(kindOf(intent.scope) as Role);
  }
  const [lastAuthorised] = answered('authorise');
  const last = lastAuthorised?.intentId ? sandbox?.ledger.find(lastAuthorised.intentId) : null;
  return {
    known: sandbox !== undefined,
    exchanged: used.size > 0 || answered('exchange').length > 0,
    used,
    lastWithSca: last?.sandboxSca ?? false,
  };
}

function wentWell({ status, fault }: Entry): boolean {
  return status >= 200 && status < 300 && fault === null;
}

function roleFlaw(roles: readonly Role[], { used }: Journeys): Flaw | undefined {
  if (roles.length === 0) return TOLD;
  const lacking = [...used].filter((role) => !roles.includes(role));
  if (lacking.length === 0) return undefined;
  const found = `The application works as ${lacking.join(' and ')}, which the developer is not registered for.`;
  return { found, todo: 'Change the roles on the developer’s page, as the authority’s register has them.' };
}

function journeyFlaw({ known, exchanged, used }: Journeys): Flaw | undefined {
  if (used.size > 0) return undefined;
  if (!known) {
    const todo = 'Run one gateway for both environments, or ask where the sandbox is.';
    return { found: 'This gateway hosts production alone, and cannot look into the sandbox.', todo };
  }
  return exchanged
    ? { found: 'A code was exchanged, and nothing read or paid.', todo: 'Make a signed call with the access token.' }
    : { found: 'No code has been exchanged yet.', todo: 'Authorise, accept, exchange the code, read the accounts.' };
}

function scaFlaw({ lastWithSca }: Journeys): Flaw | undefined {
  if (!lastWithSca) return undefined;
  return { found: 'It had sandbox_sca true.', todo: 'Authorise once more without it, so that a person decides.' };
}

/** Releases the application into production where all holds; otherwise nothing happens. */
export function goLive(portal: Portal, app: string): { released: boolean; checks: Check[] } {
  const checks = checksOf(portal, app);
  const released = isReady(checks);
  const { releasedAt } = portal.application(app);
  if (released && releasedAt === null) portal.register.applications.release(app, portal.now('production'));
  return { released, checks };
}
