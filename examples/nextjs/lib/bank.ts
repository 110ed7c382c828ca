// What is asked of the bank: each call is built and signed by Tpp, and sent here. Server code alone imports this.
import { parseRedirect } from 'tell-connect';
import { type SignedRequest, type TokenAnswer, Tpp } from 'tell-connect/edge';
import { type Account, accounts, balances, type Money } from 'tell-connect/views';

const setting = (name: string): string => process.env[name] ?? '';

const isSandbox = setting('TELL_ENVIRONMENT') === 'sandbox';

/** Made at the first use: a build has no settings. Wrong ones are thrown then, every fault at once. */
let client: Tpp | undefined;
const tpp = (): Tpp => (client ??= new Tpp({
  environment: isSandbox ? 'sandbox' : 'production',
  clientId: setting('TELL_CLIENT_ID'),
  clientSecret: setting('TELL_CLIENT_SECRET'),
  app: setting('TELL_APP'),
  certificate: setting('TELL_CERTIFICATE'),
  aspsp: setting('TELL_ASPSP'),
  resourceBaseUrl: setting('TELL_RESOURCE_BASE_URL'),
  ...(setting('TELL_AUTH_BASE_URL') && { authBaseUrl: setting('TELL_AUTH_BASE_URL') }),
}));

/** What ties a redirect to the browser that began. */
export interface Begun {
  uuid: string;
  intentId: string;
}

/** Asks for an authorisation: where the customer goes, and what to keep until they are back. */
export async function begin(): Promise<{ location: string; begun: Begun }> {
  const { uuid, request } = tpp().authorise({ scope: 'aisp' });
  const { status, body } = await send(request);
  const { intentId, location } = tpp().readAuthorise(status, body);
  return { location, begun: { uuid, intentId } };
}

/** The customer is back: tokens, or nothing where they declined. Whoever comes back has to be who was sent. */
export async function finish(url: string, begun: Begun | undefined): Promise<TokenAnswer | undefined> {
  const redirect = parseRedirect(url);
  if (redirect.uuid !== begun?.uuid || redirect.intentId !== begun.intentId) throw new Error('This is another authorisation.');
  return redirect.outcome === 'declined' ? undefined : tokens(tpp().exchange(redirect.code));
}

/** An answer without a new refresh token leaves the old one in force. */
export async function renewed({ refreshToken = '' }: TokenAnswer): Promise<TokenAnswer> {
  return { refreshToken, ...await tokens(tpp().refresh(refreshToken)) };
}

export type Row = Account & { balance: Money | undefined };

/**
 * Accounts with their balances, typed. The customer's own address goes along while they are there; a developer's machine
 * has none, and the sandbox takes the one of documentation.
 */
export async function read(accessToken: string, address: string): Promise<Row[]> {
  const userIp = isSandbox ? '203.0.113.1' : address;
  const get = async (path: string): Promise<string> => {
    const { status, body } = await send(tpp().resource({ method: 'GET', path, accessToken, userIp }));
    if (status !== 200) throw new Error(`The bank answered ${status}.`);
    return body;
  };
  return Promise.all(accounts(await get('/accounts')).map(async (account) => ({
    ...account, balance: balances(await get(`/accounts/${account.accountId}/balance`))[0]?.amount,
  })));
}

async function tokens(request: SignedRequest): Promise<TokenAnswer> {
  const { status, body } = await send(request);
  return tpp().readToken(status, body, Math.floor(Date.now() / 1000));
}

/** Sent once, to where it was signed for. */
async function send(request: SignedRequest): Promise<{ status: number; body: string }> {
  const signal = AbortSignal.timeout(15_000);
  const answer = await fetch(request.url, { ...request, redirect: 'manual', cache: 'no-store', signal });
  return { status: answer.status, body: await answer.text() };
}
