import type { Sandbox } from '../../src/node.ts';

/** What a developer, or a test in another process, asks of a gateway's controls. */
export class Control {
  readonly #url: string;

  constructor({ url }: Pick<Sandbox, 'url'>) {
    this.#url = url;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.#url}${path}`, { headers });
  }

  async json<T>(path: string): Promise<T> {
    return (await (await this.get(`/__sandbox${path}`)).json()) as T;
  }

  post(path: string, body: unknown = {}): Promise<Response> {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    return fetch(`${this.#url}/__sandbox${path}`, init);
  }

  delete(path: string): Promise<Response> {
    return fetch(`${this.#url}/__sandbox${path}`, { method: 'DELETE' });
  }

  /** A form of the control room, as a browser without scripts sends it. */
  press(path: string, fields: Record<string, string>): Promise<Response> {
    const init = { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' } as const;
    return fetch(`${this.#url}/control/${path}`, init);
  }
}
