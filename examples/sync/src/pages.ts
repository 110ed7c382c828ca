// The service's pages: plain HTML, made here.
import type { ConsentState } from 'tell-connect/worker';
import type { Page } from './book.ts';
import type { Row } from './rows.ts';

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  // The address that the bank sends the customer back to holds a code. Without any, a form would have no Origin.
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);

interface Frame {
  status?: number;
  /** Who is signed in. */
  customer?: string;
}

function page(title: string, main: string, { status = 200, customer }: Frame = {}): Response {
  const button = `<button>Sign out ${escaped(customer ?? '')}</button>`;
  const out = customer === undefined ? '' : `<form method="post" action="/sign-out">${button}</form>`;
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · Ledger</title>
<link rel="stylesheet" href="/style.css">
<header><a href="/">Ledger</a>${out}</header>
<main>
<h1>${escaped(title)}</h1>
${main}
</main>
</html>
`;
  return new Response(html, { status, headers: HEADERS });
}

export function signInPage(): Response {
  return page('Sign in', `<form method="post" action="/sign-in">
<label for="name">Your name</label>
<input id="name" name="name" autocomplete="username" pattern="[a-z0-9\\-]{1,32}" required>
<button>Sign in</button>
</form>`);
}

interface Known {
  state: ConsentState | 'none' | 'gone';
  nextAt?: string | null;
}

const CONNECT = '<form method="post" action="/connect"><button>Connect your bank</button></form>';
const DELETE = `<form method="post" action="/delete">
<button class="quiet">Disconnect, and delete all of this</button>
</form>`;

export function accountsPage(customer: string, accounts: Page['accounts'], { state, nextAt }: Known): Response {
  const list = accounts.map(accountSection).join('');
  if (state === 'none') return page('Your accounts', `<p>No bank is connected yet.</p>${CONNECT}`, { customer });
  const words = state === 'active'
    ? `<p data-next="${escaped(nextAt ?? '')}">Your bank is connected. ${next(nextAt)}</p>`
    : '<p>Your bank is no longer connected: what you see is how it was.</p>';
  return page('Your accounts', `<div class="state" data-state="${state}">${words}</div>
${list}
${state === 'active' ? '' : CONNECT}${DELETE}`, { customer });
}

const next = (at: string | null | undefined): string =>
  (at === null || at === undefined ? '' : `It is asked again at ${time(at)}, and you need not be here.`);

function accountSection({ id, name, currency, balance, readAt, transactions }: Page['accounts'][number]): string {
  const read = readAt === null ? 'Not read yet' : `Last read at ${time(new Date(readAt).toISOString())}`;
  return `<section aria-labelledby="account-${escaped(id)}">
<h2 id="account-${escaped(id)}">${escaped(name)}</h2>
<p class="balance">${escaped(balance ?? currency)}</p>
<p>${read}</p>
<table><caption>The latest transactions</caption>
<thead><tr><th scope="col">Day<th scope="col">What<th scope="col">Amount</thead>
<tbody>${transactions.map(transactionRow).join('')}</tbody></table>
</section>`;
}

function transactionRow({ id, bookedAt, isBooked, told, was }: Row): string {
  const { merchantName, transactionInformation, amount } = told;
  const state = isBooked ? (was === null ? '' : ' <small>was pending</small>') : ' <small>pending</small>';
  const what = escaped(merchantName ?? transactionInformation ?? '') + state;
  const cells = [escaped(bookedAt.slice(0, 10)), what, escaped(`${amount?.value ?? ''} ${amount?.currency ?? ''}`)];
  return `<tr data-id="${escaped(id)}"><td>${cells.join('<td>')}`;
}

function time(at: string): string {
  return `<time datetime="${escaped(at)}">${escaped(at.slice(0, 16).replace('T', ' '))} UTC</time>`;
}

export function problemPage(status: number, text: string): Response {
  return page('That did not work', `<div class="state wrong" role="alert"><p>${escaped(text)}</p></div>
<p><a href="/">Back to your accounts</a></p>`, { status });
}
