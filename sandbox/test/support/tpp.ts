import assert from 'node:assert/strict';
import { sign } from './sign.ts';

export const ASPSP = '8ddb14f1-fecd-41fe-90b7-f8fbda9494ac';
export const UUID = 'c0fd407d-134b-4091-8e04-ab49a98db217';
export const PSU_ADDRESS = '203.0.113.1';

export const PAYMENT = {
  PaymentType: 'Single',
  BeneficiaryName: 'Hazel Court Lettings',
  SchemeName: 'UK.OBIE.SortCodeAccountNumber',
  BeneficiaryIdentification: '00000056789012',
  Amount: '12.50',
  Currency: 'GBP',
  Reference: 'FLAT 7',
};

export interface TppOptions {
  send: (request: Request) => Promise<Response>;
  /** Milliseconds since 1970. */
  now: () => number;
  authBase: string;
  resourceBase: string;
  clientId: string;
  clientSecret: string;
  app: string;
  certificate: string | Uint8Array;
  /** ENV-4: in production `sandbox_sca` is never sent. */
  environment?: 'sandbox' | 'production';
}

export interface Tokens {
  access_token: string;
  refresh_token: string;
  token_type: string;
  expires_in: number;
  scope: string;
}

/** A third-party provider that speaks the protocol as it should; a test changes one thing at a time. */
export class Tpp {
  readonly options: TppOptions;

  constructor(options: TppOptions) {
    this.options = options;
  }

  /** The same provider but for one setting. */
  with(changes: Partial<TppOptions>): Tpp {
    return new Tpp({ ...this.options, ...changes });
  }

  authorise(changes: object = {}): Promise<Response> {
    const sca = this.options.environment === 'production' ? {} : { sandbox_sca: false };
    const body = JSON.stringify({ aspsp: ASPSP, uuid: UUID, scope: 'aisp', ...sca, ...changes });
    return this.post('/authorise', body, { 'content-type': 'application/json', authorization: this.basic() });
  }

  token(fields: Record<string, string>): Promise<Response> {
    const form = new URLSearchParams(fields).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization: this.basic() };
    return this.post('/access-token', form, headers, JSON.stringify(fields));
  }

  get(path: string, accessToken: string, headers: Record<string, string> = { 'x-user-ip': PSU_ADDRESS }) {
    const signature = this.signature(new URL(path, 'http://x').pathname, '{}');
    return this.request(path, {
      headers: { authorization: `Bearer ${accessToken}`, 'x-jws-signature': signature, ...headers },
    });
  }

  pay(accessToken: string, payment: object = PAYMENT): Promise<Response> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` };
    return this.post('/payments', JSON.stringify(payment), headers);
  }

  post(path: string, body: string, headers: Record<string, string>, payload = body): Promise<Response> {
    const signed = { 'x-jws-signature': this.signature(path, payload), ...headers };
    return this.request(path, { method: 'POST', headers: signed, body });
  }

  request(path: string, init: RequestInit): Promise<Response> {
    const { authBase, resourceBase, send } = this.options;
    const base = /^\/(authorise|access-token)\b/.test(path) ? authBase : resourceBase;
    return send(new Request(base + path, { redirect: 'manual', ...init }));
  }

  basic(pair = `${this.options.clientId}:${this.options.clientSecret}`): string {
    return `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(pair)))}`;
  }

  signature(path: string, payload: string): string {
    const { app, certificate, now } = this.options;
    return sign({ app, certificate, path, iat: Math.floor(now() / 1000), payload });
  }

  /** As the PSU: opens the consent page's address and presses a button, and is sent back with these parameters. */
  async decide(location: string, decision: string): Promise<URLSearchParams> {
    const response = await this.press(location, decision);
    return new URL(response.headers.get('location') ?? 'http://nowhere').searchParams;
  }

  /** `decision` may bring further fields with it. */
  press(location: string, decision: string, headers: Record<string, string> = {}): Promise<Response> {
    const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
    const body = `decision=${decision}`;
    return this.options.send(new Request(location, { method: 'POST', headers: form, body, redirect: 'manual' }));
  }

  /** From authorise to tokens, the PSU accepting. */
  connect(scope: 'aisp' | 'pisp' = 'aisp'): Promise<Tokens & { location: string; code: string }> {
    return this.connectWith({ scope }, 'accept');
  }

  /** The same, for an authorisation with further members, or a PSU who sends further fields. */
  async connectWith(members: object, decision: string): Promise<Tokens & { location: string; code: string }> {
    const { location } = await read<{ location: string }>(await this.authorise(members));
    const code = (await this.decide(location, decision)).get('authorisation_code') ?? '';
    const tokens = await read<Tokens>(await this.token({ grant_type: 'authorization_code', code }));
    return { ...tokens, location, code };
  }

  refresh(refreshToken: string): Promise<Response> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }
}

/** One that knows no more than the settings (`TELL_*`) that a worker would be given. */
export function tppOf(env: Readonly<Record<string, string>>): Tpp {
  const of = (name: string): string => env[`TELL_${name}`] ?? '';
  return new Tpp({
    send: (request) => fetch(request),
    now: () => Date.now(),
    authBase: of('AUTH_BASE_URL'),
    resourceBase: of('RESOURCE_BASE_URL'),
    clientId: of('CLIENT_ID'),
    clientSecret: of('CLIENT_SECRET'),
    app: of('APP'),
    certificate: of('CERTIFICATE'),
  });
}

export async function read<T>(response: Response): Promise<T> {
  return (await response.json()) as T;
}

/** What the bank decides is no departure from anything expected. */
const DECIDED = ['insufficient_funds', 'payment_refused', 'temporarily_unavailable', 'server_error'];

/** What a refusal says, without its sentence: `401 invalid_signature JWS-3`. Each says what was expected, what came. */
export async function refusal(response: Response | Promise<Response>): Promise<string> {
  const answer = await response;
  const { error, rule, expected, came } = await read<Record<'error' | 'rule' | 'expected' | 'came', string>>(answer);
  if (!DECIDED.includes(error)) assert.ok(expected && came, `${error} ${rule} says what was expected and what came`);
  return `${answer.status} ${error} ${rule}`;
}
