// What is asked of the bank: each call is built and signed by Tpp, and sent here.
import { parseRedirect } from 'tell-connect';
import { Tpp } from 'tell-connect/edge';
import { accounts, balances } from 'tell-connect/views';

/** @param {string} name */
const setting = (name) => process.env[name] ?? '';

export const redirectUrl = new URL(setting('TELL_REDIRECT_URL'));
const isSandbox = setting('TELL_ENVIRONMENT') === 'sandbox';

// Wrong settings are thrown here, every fault at once.
const tpp = new Tpp({
  environment: isSandbox ? 'sandbox' : 'production',
  clientId: setting('TELL_CLIENT_ID'),
  clientSecret: setting('TELL_CLIENT_SECRET'),
  app: setting('TELL_APP'),
  certificate: setting('TELL_CERTIFICATE'),
  aspsp: setting('TELL_ASPSP'),
  resourceBaseUrl: setting('TELL_RESOURCE_BASE_URL'),
  ...(process.env['TELL_AUTH_BASE_URL'] && { authBaseUrl: process.env['TELL_AUTH_BASE_URL'] }),
});

/** What ties a redirect to the browser that began. @typedef {{ uuid: string, intentId: string }} Begun */
/** @typedef {ReturnType<Tpp['readToken']>} Tokens */

/** Asks for an authorisation: where the customer goes, and what to keep until they are back. */
export async function begin() {
  const { uuid, request } = tpp.authorise({ scope: 'aisp' });
  const { status, body } = await send(request);
  const { intentId, location } = tpp.readAuthorise(status, body);
  return { location, begun: { uuid, intentId } };
}

/**
 * The customer is back: tokens, or nothing where they declined. Whoever comes back has to be who was sent.
 *
 * @param {string} url @param {Begun | undefined} begun @returns {Promise<Tokens | undefined>}
 */
export async function finish(url, begun) {
  const redirect = parseRedirect(url);
  if (redirect.uuid !== begun?.uuid || redirect.intentId !== begun.intentId) throw new Error('This is another authorisation.');
  return redirect.outcome === 'declined' ? undefined : tokens(tpp.exchange(redirect.code));
}

/** @param {Tokens} old @returns {Promise<Tokens>} */
export async function renewed({ refreshToken = '' }) {
  // An answer without a new refresh token leaves the old one in force.
  return { refreshToken, ...await tokens(tpp.refresh(refreshToken)) };
}

/**
 * Accounts with their balances, typed. The customer's own address goes along while they are there; a developer's machine
 * has none, and the sandbox takes the one of documentation.
 *
 * @param {string} accessToken @param {string} address
 */
export async function read(accessToken, address) {
  const userIp = isSandbox ? '203.0.113.1' : address;
  /** @param {string} path */
  const get = async (path) => {
    const { status, body } = await send(tpp.resource({ method: 'GET', path, accessToken, userIp }));
    if (status !== 200) throw new Error(`The bank answered ${status}.`);
    return body;
  };
  return Promise.all(accounts(await get('/accounts')).map(async (account) => ({
    ...account, balance: balances(await get(`/accounts/${account.accountId}/balance`))[0]?.amount,
  })));
}

/** @param {import('tell-connect/edge').SignedRequest} request */
async function tokens(request) {
  const { status, body } = await send(request);
  return tpp.readToken(status, body, Math.floor(Date.now() / 1000));
}

/** Sent once, to where it was signed for. @param {import('tell-connect/edge').SignedRequest} request */
async function send(request) {
  const answer = await fetch(request.url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(15_000) });
  return { status: answer.status, body: await answer.text() };
}
