// What is under test: a small client of a bank, on tell-connect/edge.
import { parseRedirect } from 'tell-connect';
import { type SignedRequest, Tpp, type TppOptions } from 'tell-connect/edge';
import { accounts } from 'tell-connect/views';

/** The address of documentation, which a sandbox takes for a customer's. */
const CUSTOMER = '203.0.113.1';

export class Bank {
  readonly #tpp: Tpp;

  constructor(options: TppOptions) {
    this.#tpp = new Tpp(options);
  }

  /** Where the customer is sent. */
  async begin(): Promise<{ location: string; uuid: string }> {
    const { uuid, request } = this.#tpp.authorise({ scope: 'aisp' });
    const { status, body } = await send(request);
    return { uuid, location: this.#tpp.readAuthorise(status, body).location };
  }

  /** What the customer comes back with becomes an access token; nothing, where they declined. */
  async finish(url: string, uuid: string): Promise<string | undefined> {
    const redirect = parseRedirect(url);
    if (redirect.uuid !== uuid) throw new Error('This is another authorisation.');
    if (redirect.outcome === 'declined') return undefined;
    const { status, body } = await send(this.#tpp.exchange(redirect.code));
    return this.#tpp.readToken(status, body, Math.floor(Date.now() / 1000)).accessToken;
  }

  /** The names of the accounts. A read that fails is tried once more. */
  async accounts(accessToken: string): Promise<string[]> {
    const ask = () => send(this.#tpp.resource({ method: 'GET', path: '/accounts', accessToken, userIp: CUSTOMER }));
    const first = await ask().catch(() => undefined);
    const { status, body } = first === undefined || first.status >= 500 ? await ask() : first;
    if (status !== 200) throw new Error(`The bank answered ${status}.`);
    return accounts(body).map(({ nickname }) => nickname ?? '');
  }
}

async function send(request: SignedRequest): Promise<{ status: number; body: string }> {
  const answer = await fetch(request.url, { ...request, redirect: 'manual' });
  return { status: answer.status, body: await answer.text() };
}
