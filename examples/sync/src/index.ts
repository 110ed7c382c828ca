// A service that keeps its customers' transactions complete while they are away. It says once what it wants to know,
// and tell-connect reads that within the four requests a day; what comes of it arrives by a queue.
import type { Refused, SweepPlan, SweepResult, TellConnect } from 'tell-connect/worker';
import type { Book } from './book.ts';
import { customerOf, signedIn, signedOut } from './customer.ts';
import { accountsPage, problemPage, signInPage } from './pages.ts';

export { Book } from './book.ts';

interface Env {
  TELL: Service<typeof TellConnect>;
  BOOKS: DurableObjectNamespace<Book>;
}

/** The application of tell-connect's whose registered redirect URL is this service's `/connected`. */
const APPLICATION = 'sync';
const PLAN: SweepPlan = { paths: ['/accounts', '/accounts/*/balance', '/accounts/*/transactions'] };

export default {
  async fetch(request, env) {
    const { pathname, origin } = new URL(request.url);
    const customer = customerOf(request);
    if (request.method === 'POST') {
      // What changes something comes from this service's own pages.
      if (request.headers.get('Origin') !== origin) return problemPage(403, 'This came from another site.');
      if (pathname === '/sign-in') return signIn(request);
      if (pathname === '/sign-out') return toStart(signedOut());
      if (customer === undefined) return toStart();
      if (pathname === '/connect') return connect(env, customer);
      if (pathname === '/delete') return forget(env, customer);
    } else if (request.method === 'GET') {
      if (customer === undefined) return signInPage();
      if (pathname === '/') return show(env, customer);
      if (pathname === '/connected') return cameBack(request, env, customer);
    }
    return problemPage(404, 'There is nothing at this address.');
  },

  /** Each message once at least: whatever fails comes again, and what came already changes nothing. */
  async queue({ messages }, env) {
    for (const message of messages) {
      const { customer } = message.body;
      if (customer !== undefined) await bookOf(env, customer).take(message.body);
      message.ack();
    }
  },
} satisfies ExportedHandler<Env, SweepResult>;

const bookOf = (env: Env, customer: string): DurableObjectStub<Book> => env.BOOKS.getByName(customer);

const toStart = (headers: Record<string, string> = {}): Response =>
  new Response(null, { status: 303, headers: { ...headers, Location: '/' } });

async function signIn(request: Request): Promise<Response> {
  const headers = signedIn((await request.formData()).get('name'));
  return headers === undefined ? problemPage(400, 'A name is 1 to 32 of a-z, 0-9 and -.') : toStart(headers);
}

async function connect(env: Env, customer: string): Promise<Response> {
  const begun = await env.TELL.authorise({ scope: 'aisp', application: APPLICATION, customer });
  if (begun.code !== undefined) return refused(begun);
  return new Response(null, { status: 303, headers: { Location: begun.location } });
}

/** The customer is back from the bank. Opened again, it changes nothing. */
async function cameBack(request: Request, env: Env, customer: string): Promise<Response> {
  const returned = await env.TELL.callback(request.url);
  if (returned.code !== undefined) return refused(returned);
  // Who agreed at the bank has to be who is signed in here: nobody connects an account to another's book.
  if (returned.customer !== customer) return problemPage(403, 'This was begun by another customer.');
  if (returned.outcome === 'declined') return toStart();
  // The book knows the consent before anything can come of it.
  await bookOf(env, customer).connected(returned.consent, returned.uuid);
  const planned = await env.TELL.plan(returned.consent, PLAN);
  return planned.code === undefined ? toStart() : refused(planned);
}

async function show(env: Env, customer: string): Promise<Response> {
  const { consent, accounts } = await bookOf(env, customer).page();
  if (consent === null) return accountsPage(customer, accounts, { state: 'none' });
  const view = await env.TELL.consent(consent);
  if (view.code !== undefined) return accountsPage(customer, accounts, { state: 'gone' });
  if (view.state !== 'active') return accountsPage(customer, accounts, { state: view.state });
  // The same plan again changes nothing, and tells when it goes on.
  const planned = await env.TELL.plan(consent, PLAN);
  const nextAt = planned.code === undefined ? planned.nextAt : null;
  return accountsPage(customer, accounts, { state: view.state, nextAt });
}

/** Here and at tell-connect. First there: what is still under way then finds no book that takes it. */
async function forget(env: Env, customer: string): Promise<Response> {
  const known = await env.TELL.consents(customer);
  if (known.code !== undefined) return refused(known);
  for (const { consent } of known.consents) {
    const forgotten = await env.TELL.forget(consent);
    if (forgotten.code !== undefined && forgotten.code !== 'consent_not_found') return refused(forgotten);
  }
  await bookOf(env, customer).erase();
  return toStart(signedOut());
}

const refused = ({ detail, status }: Refused): Response => problemPage(status, detail);
