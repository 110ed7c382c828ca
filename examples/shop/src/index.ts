// A small shop that is paid by bank. Its browsers hold one cookie of the shop's own; what the bank is asked, it asks
// through the backend's door of tell-connect, which no browser can reach.
import type { Payment, Refused, TellConnect } from 'tell-connect/worker';
import { cartOf } from './goods.ts';
import { cartPage, orderPage, problemPage } from './pages.ts';
import { shopperOf } from './shopper.ts';
import type { Order, Till } from './till.ts';

export { Till } from './till.ts';

interface Env {
  TELL: Service<typeof TellConnect>;
  TILL: DurableObjectNamespace<Till>;
}

/** The application of tell-connect's whose registered redirect URL is this shop's `/paid`. */
const APPLICATION = 'shop';

export default {
  async fetch(request, env) {
    const { pathname, origin } = new URL(request.url);
    const [, first = '', id = '', last] = pathname.split('/');
    if (request.method === 'POST') {
      // What changes something comes from the shop's own pages.
      if (request.headers.get('Origin') !== origin) return problemPage(403, 'This came from another site.');
      if (pathname === '/orders') return open(request, env);
      if (first === 'orders' && last === 'pay') return pay(request, env, id);
    } else if (request.method === 'GET') {
      if (pathname === '/') return cartPage();
      if (pathname === '/paid') return cameBack(request, env);
      if (first === 'orders' && last === undefined) return show(request, env, id);
    }
    return problemPage(404, 'There is nothing at this address.');
  },
} satisfies ExportedHandler<Env>;

const till = (env: Env): DurableObjectStub<Till> => env.TILL.getByName('till');

const toOrder = (id: string, headers?: HeadersInit): Response =>
  new Response(null, { status: 303, headers: { ...headers, Location: `/orders/${id}` } });

/** The customer as the edge saw them; a header that a browser could set would not do (ACC-1). */
const userIpOf = (request: Request): { userIp?: string } => {
  const userIp = request.headers.get('CF-Connecting-IP');
  return userIp === null ? {} : { userIp };
};

async function open(request: Request, env: Env): Promise<Response> {
  const cart = cartOf(await request.formData());
  return cart === undefined ? problemPage(400, 'Choose something first.') : toOrder(await till(env).open(cart));
}

/** Sends the customer to their bank. A double click begins twice, and the order is still paid once. */
async function pay(request: Request, env: Env, id: string): Promise<Response> {
  const order = await till(env).order(id);
  if (order === null) return problemPage(404, 'There is no such order.');
  const shopper = shopperOf(request);
  // Whoever agreed already, and was cut off on the way back, need not agree again.
  for (const { consent, shopper: by } of await till(env).attempts(id)) {
    if (by !== shopper.id) continue;
    const known = await env.TELL.payment(consent);
    if (known.code === undefined && known.state === 'ready') return submit(request, env, consent, id);
  }
  const begun = await env.TELL.authorise({
    scope: 'pisp', application: APPLICATION, payment: order.payment, order: id, customer: shopper.id,
  });
  // Its page says how the payment stands that was made already.
  if (begun.code === 'order_already_paid') return toOrder(id);
  if (begun.code !== undefined) return refused(begun, id);
  await till(env).began({ consent: begun.consent, order: id, shopper: shopper.id });
  return new Response(null, { status: 303, headers: { ...shopper.headers, Location: begun.location } });
}

/** The customer is back from the bank. Opened again, it shows the same and sends nothing. */
async function cameBack(request: Request, env: Env): Promise<Response> {
  const returned = await env.TELL.callback(request.url);
  if (returned.code !== undefined) return refused(returned);
  // Who agreed at the bank has to be who sits here: nobody finishes what another began.
  if (returned.customer !== shopperOf(request).id) return problemPage(403, 'This was begun in another browser.');
  const id = await till(env).orderOf(returned.consent);
  if (id === null) return problemPage(404, 'There is no such order.');
  return returned.outcome === 'declined' ? toOrder(id) : submit(request, env, returned.consent, id);
}

/** Submits the payment that was stated: once, however often this is asked (PAY-2, PAY-4, PAY-5). */
async function submit(request: Request, env: Env, consent: string, id: string): Promise<Response> {
  const paid = await env.TELL.pay(consent, userIpOf(request));
  // What the bank refused, and what another consent has paid, is told by the order's own page.
  const isTold = paid.code === undefined || paid.code === 'gateway_refused' || paid.code === 'order_already_paid';
  return isTold ? toOrder(id) : refused(paid, id);
}

async function show(request: Request, env: Env, id: string): Promise<Response> {
  const order = await till(env).order(id);
  if (order === null) return problemPage(404, 'There is no such order.');
  return orderPage(order, await paymentOf(order, env, userIpOf(request)));
}

/** How the order's payment stands: of all consents that were asked for, the one that counts. No webhook is needed. */
async function paymentOf(order: Order, env: Env, address: { userIp?: string }): Promise<Payment | undefined> {
  const attempts = await till(env).attempts(order.id);
  const told = await Promise.all(attempts.map(({ consent }) => env.TELL.payment(consent, address)));
  const known = told.filter((payment) => payment.code === undefined);
  const isSent = ({ state }: Payment): boolean => !['awaiting_consent', 'ready', 'rejected'].includes(state);
  return known.find(isSent) ?? known.find(({ state }) => state === 'ready') ?? known[0];
}

const refused = ({ detail, status }: Refused, id?: string): Response => problemPage(status, detail, id);
