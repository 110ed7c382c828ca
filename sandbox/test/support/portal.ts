import type { Both, Office, Registered } from './both.ts';
import { tppAt } from './both.ts';
import { ONE, TWO } from './certificates.ts';
import { type Tpp, read } from './tpp.ts';

export const ADA = { name: 'Ada Lovelace', email: 'ada@example.com', company: 'Analytical Engines' };
export const REGISTERED = {
  authority: 'Financial Conduct Authority',
  registerNumber: '900001',
  roles: ['AISP', 'PISP'],
};
export const REDIRECT = 'https://app.example/back';

export interface Credentials {
  environment: string;
  clientId: string;
  clientSecret: string;
}

export interface Certificate {
  id: string;
  endsAt: string | null;
  length: number;
  sha256: string;
  lineEnds: string;
  finalNewline: boolean;
  byteOrderMark: boolean;
  sharedWith: string[];
}

/** The portal's JSON API, as a script calls it. */
export class PortalApi {
  readonly #url: string;

  constructor({ url }: Pick<Office, 'url'>) {
    this.#url = `${url}/portal/api`;
  }

  get(path: string): Promise<Response> {
    return fetch(this.#url + path);
  }

  /** JSON, or a certificate's bytes. */
  send(method: string, path: string, body?: object | Uint8Array | string): Promise<Response> {
    if (body === undefined) return fetch(this.#url + path, { method });
    const isJson = typeof body === 'object' && !(body instanceof Uint8Array);
    const type = isJson ? 'application/json' : 'application/octet-stream';
    const bytes = isJson ? JSON.stringify(body) : (body as Uint8Array<ArrayBuffer> | string);
    return fetch(this.#url + path, { method, headers: { 'content-type': type }, body: bytes });
  }

  post<T>(path: string, body?: object | Uint8Array | string): Promise<T> {
    return this.send('POST', path, body).then(read<T>);
  }

  async developer(changes: object = {}): Promise<{ id: string; credentials: Credentials }> {
    return this.post('/developers', { ...ADA, ...changes });
  }

  async application(developer: string, members: object = {}): Promise<string> {
    return (await this.post<{ app: string }>('/applications', { developer, name: 'Household books', ...members })).app;
  }

  certificate(app: string, bytes: Uint8Array | string, query = ''): Promise<Certificate> {
    return this.post(`/applications/${app}/certificates${query}`, bytes);
  }

  async production(developer: string, changes: object = {}): Promise<Credentials> {
    const answer = await this.post<{ credentials: Credentials }>(`/developers/${developer}/production`, {
      ...REGISTERED,
      ...changes,
    });
    return answer.credentials;
  }
}

/** What a developer has who is ready for production but for what the test leaves out. */
export interface Ready {
  api: PortalApi;
  developer: string;
  app: string;
  sandbox: Tpp;
  production: Registered;
}

export async function makeReady(both: Both, application: object = { redirectUrl: REDIRECT }): Promise<Ready> {
  const api = new PortalApi(both.sandbox);
  const { id: developer, credentials } = await api.developer();
  const app = await api.application(developer, { certificate: ONE, ...application });
  const sandbox = tppAt(both.sandbox, { ...credentials, app, certificate: ONE });
  await api.certificate(app, TWO, '?environment=production');
  const production = { ...(await api.production(developer)), app, certificate: TWO };
  return { api, developer, app, sandbox, production };
}

/** As AISP, and so that a signed call was answered. */
export async function completeJourney(tpp: Tpp): Promise<void> {
  const { access_token: accessToken } = await tpp.connect();
  await tpp.get('/accounts', accessToken);
}
