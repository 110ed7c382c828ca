// A web server of Node's own: connects a bank, shows its accounts, disconnects.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { begin, finish, read, redirectUrl, renewed } from './bank.js';

/** @typedef {{ begun?: import('./bank.js').Begun, tokens?: Promise<import('./bank.js').Tokens> }} Session */

/** By the cookie. In memory: a restart forgets everybody. @type {Map<string, Session>} */
const sessions = new Map();
const SKEW_SECONDS = 60;

const server = createServer((request, response) => {
  answer(request).catch((error) => {
    console.error(error);
    return page(`<p>${text(error.message)}</p><p><a href="/">Back</a></p>`, 502);
  }).then(({ status, headers, body }) => response.writeHead(status, headers).end(body));
});
server.listen(Number(redirectUrl.port), redirectUrl.hostname, () => console.log(`Open ${redirectUrl.origin}`));

/** @typedef {{ status: number, headers: Record<string, string>, body: string }} Answer */

/** @param {import('node:http').IncomingMessage} request @returns {Promise<Answer>} */
async function answer({ method, url = '/', headers, socket }) {
  const { pathname } = new URL(url, redirectUrl);
  const id = /(?:^|; )session=([\w-]+)/.exec(headers.cookie ?? '')?.[1] ?? '';
  const session = sessions.get(id);
  if (method === 'POST') {
    // What changes something comes from these pages.
    if (headers['sec-fetch-site'] !== 'same-origin') return page('<p>This came from another site.</p>', 403);
    if (pathname === '/disconnect') sessions.delete(id);
    if (pathname !== '/connect') return to('/');
    const { location, begun } = await begin();
    return to(location, enter({ ...session, begun }, id));
  }
  if (pathname === redirectUrl.pathname) {
    const tokens = await finish(redirectUrl.origin + url, session?.begun);
    // Who was here before the bank has another cookie than who came back from it.
    return to('/', tokens && enter({ tokens: Promise.resolve(tokens) }, id));
  }
  if (pathname !== '/') return page('<p>There is nothing at this address.</p>', 404);
  if (session?.tokens === undefined) return page(button('/connect', 'Connect your bank'));
  const rows = await read(await accessToken(session), socket.remoteAddress ?? '');
  const list = rows.map(({ nickname, identification, balance }) =>
    `<li>${text(`${nickname} ${identification}`)}: <b>${text(`${balance?.value} ${balance?.currency}`)}</b></li>`);
  return page(`<ul>${list.join('')}</ul>${button('/disconnect', 'Disconnect')}`);
}

/** Renewed before it runs out, once for all who wait: a refresh token works one time. @param {Session} session */
async function accessToken(session) {
  const before = session.tokens;
  const tokens = await /** @type {NonNullable<typeof before>} */ (before);
  if (tokens.expiresAt - SKEW_SECONDS > Date.now() / 1000) return tokens.accessToken;
  if (session.tokens === before) session.tokens = renewed(tokens);
  return (await /** @type {NonNullable<typeof before>} */ (session.tokens)).accessToken;
}

/** A session under a new cookie. @param {Session} session @param {string} former */
function enter(session, former) {
  const id = randomUUID();
  sessions.delete(former);
  sessions.set(id, session);
  const secure = redirectUrl.protocol === 'https:' ? '; Secure' : '';
  return { 'Set-Cookie': `session=${id}; Path=/; HttpOnly; SameSite=Lax${secure}` };
}

/** @param {string} location @param {Record<string, string>} [headers] @returns {Answer} */
const to = (location, headers) => ({ status: 303, headers: { ...headers, Location: location }, body: '' });

/** @param {string} action @param {string} label */
const button = (action, label) => `<form method="post" action="${action}"><button>${label}</button></form>`;

/** What the bank sent is text, never markup. @param {string} value */
const text = (value) => value.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** @param {string} body @returns {Answer} */
function page(body, status = 200) {
  const policy = "default-src 'none'; img-src data:; base-uri 'none'; frame-ancestors 'none'";
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy, 'Cache-Control': 'no-store' };
  const head = '<meta name="viewport" content="width=device-width"><title>My bank</title><link rel="icon" href="data:,">';
  return { status, headers, body: `<!doctype html><html lang="en">${head}<main><h1>My bank</h1>${body}</main></html>` };
}
