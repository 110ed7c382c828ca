import { Hono } from 'hono';
import { admit } from '../check/admission.ts';
import { ALWAYS, filtersOf, readPeriod } from '../check/period.ts';
import { type Call, type Environment, allowOnly, pathOf } from '../context.ts';
import { accountOf } from '../data/accounts.ts';
import { AWKWARD_ID, awkwardItem, awkwardListing } from '../data/awkward.ts';
import { type Item, type Listing, answerText } from '../data/listing.ts';
import { accountsOf, findAccount, granterOf } from '../data/people.ts';
import { ACCOUNT_MEMBER, RESOURCES, listingOf } from '../data/resources.ts';
import type { Admittance } from '../desk.ts';
import { shapeOf } from '../explain/shape.ts';
import { checkPermitted } from '../permissions.ts';
import { Refusal, type Told, invalidRequest, quoted } from '../refusal.ts';
import type { Walk } from '../walks.ts';

/** ACC-3: what a TPP with an AISP consent may read. */
export const accounts = new Hono<Environment>();

accounts.get('/accounts', async (call) => {
  const admitted = await admit(call, 'aisp', { kind: 'none' });
  checkPermitted(undefined, admitted.permissions);
  return configuredAnswer(call) ?? answerPage(call, admitted, walkOf(call, admitted), accountListing(call, admitted));
});

accounts.get('/accounts/:id/:resource?', async (call) => {
  const admitted = await admit(call, 'aisp', { kind: 'none' });
  const { id, resource } = call.req.param();
  checkPermitted(resource, admitted.permissions);
  const configured = configuredAnswer(call);
  if (configured !== undefined) return configured;
  checkAccount(id, admitted);
  const walk = walkOf(call, admitted, resource);
  const listing = findListing(call, admitted, { id, resource, now: walk.at });
  if (listing === undefined) {
    const told = { expected: RESOURCES.join(', '), came: quoted(resource) };
    throw notFound(`An account has no ${quoted(resource)}; it has ${RESOURCES.join(', ')}.`, told);
  }
  return answerPage(call, admitted, walk, listing);
});

accounts.all('/accounts', allowOnly('GET', 'ACC-3'));
accounts.all('/accounts/:id/:resource?', allowOnly('GET', 'ACC-3'));

function accountListing({ var: { settings } }: Call, admitted: Admittance): Listing {
  const { shape, awkward } = settings;
  const own = accountsOf(granterOf(admitted));
  const usual: Item[] = own.map((account) => ({ text: JSON.stringify(accountOf(account, shape)) }));
  const items = awkward ? [...usual, { text: awkwardItem(undefined, shape) }] : usual;
  return { member: ACCOUNT_MEMBER, items };
}

interface Asked {
  id: string;
  resource: string | undefined;
  now: number;
}

function findListing(call: Call, admitted: Admittance, { id, resource, now }: Asked): Listing | undefined {
  const { shape, seed } = call.var.settings;
  if (id === AWKWARD_ID) return awkwardListing(resource, shape);
  const account = findAccount(granterOf(admitted), id);
  return account && listingOf(account, resource, { shape, now, seed });
}

/** Another person's account is none that this consent knows of. */
function checkAccount(id: string, admitted: Admittance): void {
  if (id === AWKWARD_ID || findAccount(granterOf(admitted), id) !== undefined) return;
  const told = { expected: 'an account that GET /accounts lists', came: quoted(id) };
  throw notFound(`There is no account ${quoted(id)}; GET /accounts lists them.`, told);
}

/** The walk that the call continues with a page, or begins. */
function walkOf(call: Call, { walk, exchangedAt }: Admittance, resource?: string): Walk {
  const query = new URL(call.req.url).searchParams;
  const asked = filtersOf(query);
  if (!query.has('page')) {
    const { now } = call.var;
    const period = resource === 'transactions' ? readPeriod(query, exchangedAt, now) : ALWAYS;
    return { ...period, at: now, asked, offset: 0 };
  }
  if (walk === null) {
    const description =
      'The page is none that this consent was given for this list in the last hour; begin again without it.';
    const told = { expected: 'a page of this consent and list, in time', came: shapeOf(query.get('page') ?? '') };
    throw new Refusal(400, 'invalid_request', description, { rule: 'ACC-8', blameless: true, ...told });
  }
  if (asked !== '' && asked !== walk.asked) {
    const told = { expected: quoted(walk.asked), came: quoted(asked) };
    const description = 'The page belongs to a walk with other filters; send it as it was given, or those.';
    throw invalidRequest('ACC-8', description, told);
  }
  return walk;
}

async function answerPage(call: Call, { intentId }: Admittance, walk: Walk, listing: Listing): Promise<Response> {
  const { settings, desk, now } = call.var;
  const { shape, pageSize } = settings;
  const within = listing.items.filter(({ bookedAt = walk.from }) => bookedAt >= walk.from && bookedAt <= walk.to);
  const offset = walk.offset + pageSize;
  const base = resourceUrl(call);
  let next: string | undefined;
  if (offset < within.length) {
    const name = await desk.namePage(intentId, `${call.req.method} ${pathOf(call)}`, { ...walk, offset }, now);
    next = `${base}?${new URLSearchParams({ page: name })}`;
  }
  const links = { self: base + new URL(call.req.url).search, ...(next !== undefined && { next }) };
  const items = within.slice(walk.offset, offset);
  const totalPages = Math.max(1, Math.ceil(within.length / pageSize));
  return answer(call, answerText({ ...listing, items }, shape, { links, totalPages }));
}

/** As the caller has reached it, without the query. */
function resourceUrl(call: Call): string {
  const { origin, pathname } = new URL(call.req.url);
  return origin + pathname;
}

function configuredAnswer(call: Call): Response | undefined {
  const { resources } = call.var.settings;
  const path = pathOf(call);
  return Object.hasOwn(resources, path) ? answer(call, resources[path] ?? '') : undefined;
}

function answer(call: Call, text: string): Response {
  return call.body(text, 200, { 'content-type': 'application/json; charset=utf-8' });
}

function notFound(description: string, told: Told): Refusal {
  return new Refusal(404, 'not_found', description, { rule: 'ACC-3', blameless: true, ...told });
}
