/** Stands between the worker and the gateway and hears what passes: which calls were made, which tokens were issued. */

import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const ISSUED = /"(?:access|refresh)_token":\s*"([^"]+)"/g;

export class Tap {
  /** Each call's method and path, oldest first. */
  readonly calls: string[] = [];
  /** Every access and refresh token the gateway has given out. */
  readonly tokens = new Set<string>();
  #server: Server | undefined;
  #port = 0;
  readonly #gateway: number;

  constructor(gatewayPort: number) {
    this.#gateway = gatewayPort;
  }

  get port(): number {
    return this.#port;
  }

  /** How often a call was made; `POST /v1/access-token`, say. */
  count(call: string): number {
    return this.calls.filter((made) => made === call).length;
  }

  /** Listens where it listened before, if it did. */
  async open(): Promise<void> {
    const server = createServer((incoming, outgoing) => void this.#pass(incoming, outgoing));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: '127.0.0.1', port: this.#port }, resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
  }

  /** From now on a connection is refused, as by a gateway that is down. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = incoming;
    this.calls.push(`${method} ${url.replace(/\?.*/, '')}`);
    try {
      const answer = await this.#ask({ method, path: url, headers }, await bytesOf(incoming));
      const body = await bytesOf(answer);
      for (const [, token = ''] of body.toString('utf8').matchAll(ISSUED)) this.tokens.add(token);
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders).end(body);
    } catch {
      outgoing.destroy();
    }
  }

  #ask(call: { method: string; path: string; headers: IncomingMessage['headers'] }, body: Buffer) {
    return new Promise<IncomingMessage>((resolve, reject) => {
      const options = { host: 'localhost', port: this.#gateway, agent: false, ...call };
      request(options, resolve).once('error', reject).end(body);
    });
  }
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
