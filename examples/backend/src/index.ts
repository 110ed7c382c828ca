// A shop's backend: it sets the amount, sends the customer to the bank, and pays on the way back.
import type { PaymentTold, TellConnect } from 'tell-connect/worker';

interface Env {
  TELL: Service<typeof TellConnect>;
}

/** What a state means; what can no longer be known is not called failed. */
const WORDS: Readonly<Record<PaymentTold['state'], string>> = {
  awaiting_consent: 'Agree at your bank first.',
  ready: 'Not paid yet.',
  submitting: 'Being paid.',
  unknown: 'Perhaps paid. Do not pay again before you have looked at your account.',
  accepted: 'Paid: your bank has taken it.',
  settled: 'Paid: the money has left.',
  credited: 'Paid: the money has arrived.',
  rejected: 'Not paid: your bank did not make it.',
  blocked: 'Held back by your bank.',
};

export default {
  async fetch(request, { TELL }) {
    const { pathname, origin } = new URL(request.url);
    const customer = customerOf(request);
    if (pathname === '/' && request.method === 'GET') return shop(customer);
    if (pathname === '/pay' && request.method === 'POST') {
      if (request.headers.get('Origin') !== origin || customer === undefined) return page('Start at the shop.', 403);
      const order = String((await request.formData()).get('order'));
      const asked = await TELL.authorise({ scope: 'pisp', customer, order, payment: paymentOf(order) });
      return asked.code === undefined ? Response.redirect(asked.location, 303) : page(asked.detail, asked.status);
    }
    if (pathname === '/paid') {
      const back = await TELL.callback(request.url);
      if (back.code !== undefined) return page(back.detail, back.status);
      // Who agreed at the bank has to be who sits here.
      if (back.customer !== customer) return page('This was begun by somebody else.', 403);
      if (back.outcome === 'declined') return page('Declined. Nothing was paid.');
      // Safe to ask again: a reload tells what is known, and pays nothing more.
      const paid = await TELL.pay(back.consent);
      return paid.code === undefined ? page(WORDS[paid.state]) : page(paid.detail, paid.status);
    }
    return page('There is nothing at this address.', 404);
  },
} satisfies ExportedHandler<Env>;

/** The amount is the shop's. The order's id is its key: it is paid once, however often somebody clicks. */
const paymentOf = (order: string): Record<string, string> => ({
  PaymentType: 'FasterPayment', BeneficiaryName: 'Kiln and Paper Ltd', SchemeName: 'SortCodeAccountNumber',
  BeneficiaryIdentification: '20000012345678', Amount: '10.00', Currency: 'GBP', Reference: order.slice(0, 8),
});

const NAME = '__Host-customer';

/** In place of your own sign-in: whoever comes is a customer, known by a cookie. */
function customerOf(request: Request): string | undefined {
  const cookies = (request.headers.get('Cookie') ?? '').split('; ');
  return cookies.find((cookie) => cookie.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
}

function shop(customer: string = crypto.randomUUID()): Response {
  const order = `<input type="hidden" name="order" value="${crypto.randomUUID()}">`;
  const answer = page(`<form method="post" action="/pay">${order}<button>Pay £10.00 by bank</button></form>`);
  answer.headers.set('Set-Cookie', `${NAME}=${customer}; Path=/; Secure; HttpOnly; SameSite=Lax`);
  return answer;
}

function page(body: string, status = 200): Response {
  const head = '<meta name="viewport" content="width=device-width"><title>My shop</title><link rel="icon" href="data:,">';
  const html = `<!doctype html><html lang="en">${head}<main><h1>My shop</h1>${body}</main></html>`;
  const policy = "default-src 'none'; img-src data:; base-uri 'none'; frame-ancestors 'none'";
  return new Response(html, {
    status, headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy, 'Cache-Control': 'no-store' },
  });
}
