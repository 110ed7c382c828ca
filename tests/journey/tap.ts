/** Stands before a server and hears all that passes: what was asked of it, and what it answered, to the byte. */

import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export class Tap {
  /** Each call's method and path, oldest first. */
  readonly calls: string[] = [];
  readonly #heard: string[] = [];
  readonly #target: number;
  #server: Server | undefined;
  /** Any that is free, and from then on that one. */
  #port = 0;

  constructor(target: number) {
    this.#target = target;
  }

  get port(): number {
    return this.#port;
  }

  /** How often a call was made; `POST /v1/access-token`, say. */
  count(call: string): number {
    return this.calls.filter((made) => made === call).length;
  }

  /** Requests and answers as they went over the wire: first lines, headers, bodies. */
  heard(): string {
    return this.#heard.join('\n');
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

  /** From now on a connection is refused, as by a server that is down. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url: path = '' } = incoming;
    this.calls.push(`${method} ${path.replace(/\?.*/, '')}`);
    // Uncompressed, so that what was sent can be searched.
    const { 'accept-encoding': _, ...headers } = incoming.headers;
    try {
      const body = await bytesOf(incoming);
      this.#note(`${method} ${path}`, incoming, body);
      const answer = await this.#ask({ method, path, headers }, body);
      const answered = await bytesOf(answer);
      this.#note(`${answer.statusCode}`, answer, answered);
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders).end(answered);
    } catch {
      outgoing.destroy();
    }
  }

  #note(firstLine: string, { rawHeaders }: IncomingMessage, body: Buffer): void {
    const headers = rawHeaders.map((text, at) => (at % 2 === 0 ? `${text}: ` : `${text}\n`)).join('');
    this.#heard.push(`${firstLine}\n${headers}\n${body.toString('utf8')}`);
  }

  #ask(call: { method: string; path: string; headers: IncomingMessage['headers'] }, body: Buffer) {
    return new Promise<IncomingMessage>((resolve, reject) => {
      const options = { host: 'localhost', port: this.#target, agent: false, ...call };
      request(options, resolve).once('error', reject).end(body);
    });
  }
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
