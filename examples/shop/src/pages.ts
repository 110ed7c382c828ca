// The shop's pages: plain HTML, made here. A little script follows a payment; without it the page is loaded again.
import type { Payment } from 'tell-connect/worker';
import { type Cart, GOODS, ITEMS, pounds, totalOf } from './goods.ts';
import { mayChange, WORDS } from './words.ts';
import type { Order } from './till.ts';

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': [
    "default-src 'none'", "style-src 'self'", "script-src 'self'", "connect-src 'self'", "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  // The address that the bank sends the customer back to holds a code. Without any, a form would have no Origin.
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);

function page(title: string, main: string, { status = 200, isFollowed = false } = {}): Response {
  const follow = '<script src="/follow.js" defer></script><noscript><meta http-equiv="refresh" content="5"></noscript>';
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · Kiln and Paper</title>
<link rel="stylesheet" href="/style.css">
${isFollowed ? follow : ''}
<header><a href="/">Kiln and Paper</a></header>
<main>
<h1>${escaped(title)}</h1>
${main}
</main>
</html>
`;
  return new Response(html, { status, headers: HEADERS });
}

export function cartPage(): Response {
  const rows = ITEMS.map((item) => `<li>
<label for="${item}">${escaped(GOODS[item].name)}</label>
<span>£${pounds(GOODS[item].pence)}</span>
<input id="${item}" name="${item}" type="number" min="0" max="20" value="0" inputmode="numeric">
</li>`);
  return page('Your cart', `<form method="post" action="/orders">
<ul class="goods">${rows.join('')}</ul>
<button>Order</button>
</form>`);
}

function bill(cart: Cart): string {
  const lines = ITEMS.filter((item) => cart[item] > 0).map((item) => {
    const { name, pence } = GOODS[item];
    return `<tr><td>${cart[item]} × ${escaped(name)}<td>£${pounds(cart[item] * pence)}`;
  });
  return `<table><caption>Your order</caption><tbody>${lines.join('')}
<tfoot><tr><th scope="row">Total<td>£${pounds(totalOf(cart))}</table>`;
}

/** The order, and how its payment stands. */
export function orderPage({ id, cart }: Order, payment: Payment | undefined): Response {
  const { title, text, button, tone } = WORDS[payment?.state ?? 'none'];
  const [state, isFollowed] = [payment?.state ?? 'none', payment !== undefined && mayChange(payment)];
  const followed = isFollowed ? ' data-followed' : '';
  const form = `<form method="post" action="/orders/${id}/pay"><button>${button}</button></form>`;
  return page(title, `<div class="state ${tone}" role="status" data-state="${state}"${followed}>
<p>${text}</p>
${payment?.reference === undefined ? '' : `<p class="reference">Your bank calls it ${escaped(payment.reference)}</p>`}
</div>
${bill(cart)}
${button === undefined ? '' : form}`, { isFollowed });
}

/** What went wrong, and the way back. */
export function problemPage(status: number, text: string, id?: string): Response {
  const back = id === undefined ? '<a href="/">Back to the shop</a>' : `<a href="/orders/${id}">Back to the order</a>`;
  return page('That did not work', `<div class="state wrong" role="alert"><p>${escaped(text)}</p></div>
<p>${back}</p>`, { status });
}
