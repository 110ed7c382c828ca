/**
 * A gateway that lies and breaks. It stands before the strict one and passes every call on, but for those that a mode
 * is aimed at: these it answers itself, by raw bytes on the socket. Calls are told apart by the `app` that signed.
 */

import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as listener, type AddressInfo, type Socket } from 'node:net';

export const ENDPOINTS = ['authorise', 'exchange', 'refresh', 'resource'] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/** In each header and text of the gateway's own that nothing of may get further than the worker. */
export const MARKER = 'the-bank-said-so';

/** An answer of the strict gateway's. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A call that a mode answers. */
export interface Call {
  readonly endpoint: Endpoint;
  readonly socket: Socket;
  /** Node's own way to answer, for a connection that is to be used again. */
  readonly response: ServerResponse;
  /** What of the call is secret: the signature, the credentials, a code or a token. */
  readonly secrets: readonly string[];
  /** Where this gateway is, and another host to which nothing may ever be sent. */
  readonly here: string;
  readonly elsewhere: string;
  /** Has the strict gateway process the call. */
  pass(): Promise<Answer>;
  /** Has the connection's next call meet a closed one. */
  doom(): void;
}

export type Mode = (call: Call) => unknown;

interface Aim {
  readonly mode: Mode;
  count: number;
}

export class HostileGateway {
  /** Connections to the other host. */
  strayed = 0;
  readonly #aims = new Map<string, Aim>();
  readonly #doomed = new WeakSet<Socket>();
  readonly #expired = new Set<string>();
  readonly #secrets = new Map<string, Set<string>>();
  readonly #agent = new Agent({ keepAlive: true });
  readonly #server: Server;
  readonly #elsewhere = listener((socket) => {
    this.strayed += 1;
    socket.destroy();
  });
  #behind = '';

  private constructor() {
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
      incoming.socket.on('error', () => undefined);
      this.#take(incoming, outgoing).catch(() => outgoing.destroy());
    });
  }

  static async open(): Promise<HostileGateway> {
    const gateway = new HostileGateway();
    for (const server of [gateway.#server, gateway.#elsewhere]) {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    }
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Passes on to this one. */
  standBefore(url: string): void {
    this.#behind = url;
  }

  /** From now on the application's calls of the endpoint meet the mode. */
  aim(app: string, endpoint: Endpoint, mode: Mode): void {
    this.#aims.set(`${app} ${endpoint}`, { mode, count: 0 });
  }

  /** The gateway is well again to this application; how many calls have met the mode. */
  heal(app: string, endpoint: Endpoint): number {
    const { count = 0 } = this.#aims.get(`${app} ${endpoint}`) ?? {};
    this.#aims.delete(`${app} ${endpoint}`);
    return count;
  }

  /** The next read of the application is told that its token is over, so that it is refreshed. */
  expire(app: string): void {
    this.#expired.add(app);
  }

  /** What was secret in this application's calls, and in the answers to them, since it was forgotten. */
  secretsOf(app: string): string[] {
    return [...(this.#secrets.get(app) ?? [])];
  }

  /** A new scene begins for the application. */
  forget(app: string): void {
    this.#secrets.delete(app);
  }

  close(): void {
    this.#agent.destroy();
    this.#server.close();
    this.#server.closeAllConnections();
    this.#elsewhere.close();
  }

  async #take(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    if (this.#doomed.has(incoming.socket)) return void incoming.socket.destroy();
    const body = await bytesOf(incoming);
    const endpoint = endpointOf(incoming.url ?? '', body);
    const app = appOf(incoming);
    const pass = (): Promise<Answer> => this.#pass(incoming, body, app);
    const secrets = secretsIn(incoming, body);
    this.#note(app, secrets);
    if (endpoint === 'resource' && this.#expired.delete(app)) {
      outgoing.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"invalid_token"}');
      return;
    }
    const aim = this.#aims.get(`${app} ${endpoint}`);
    if (endpoint === undefined || aim === undefined) {
      const { status, body } = await pass();
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(body);
      return;
    }
    aim.count += 1;
    const elsewhere = `http://127.0.0.1:${(this.#elsewhere.address() as AddressInfo).port}`;
    const { socket } = incoming;
    const doom = (): void => void this.#doomed.add(socket);
    await aim.mode({ endpoint, socket, response: outgoing, secrets, here: this.url, elsewhere, pass, doom });
  }

  async #pass(incoming: IncomingMessage, body: string, app: string): Promise<Answer> {
    const { 'accept-encoding': _, ...headers } = incoming.headers;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { method: incoming.method ?? '', headers, agent: this.#agent };
      request(this.#behind + (incoming.url ?? ''), options, resolve).once('error', reject).end(body);
    });
    const text = await bytesOf(answer);
    const issued = /"(?:access|refresh)_token":"([^"]+)"/g;
    this.#note(app, [...text.matchAll(issued)].map(([, token = '']) => token));
    return { status: answer.statusCode ?? 0, body: text };
  }

  #note(app: string, secrets: readonly string[]): void {
    const known = this.#secrets.get(app) ?? new Set();
    this.#secrets.set(app, known);
    for (const secret of secrets) known.add(secret);
  }
}

function endpointOf(target: string, body: string): Endpoint | undefined {
  const path = target.replace(/\?.*/, '');
  if (path.endsWith('/authorise')) return 'authorise';
  if (path.endsWith('/access-token')) return body.includes('grant_type=refresh_token') ? 'refresh' : 'exchange';
  return path.includes('/accounts') ? 'resource' : undefined;
}

/** The application that has signed (JWS-2). */
function appOf({ headers }: IncomingMessage): string {
  const [header = ''] = String(headers['x-jws-signature'] ?? '').split('.');
  const match = /"app":"([^"]*)"/.exec(Buffer.from(header, 'base64url').toString());
  return match?.[1] ?? '';
}

function secretsIn({ headers }: IncomingMessage, body: string): string[] {
  const form = new URLSearchParams(body);
  const credentials = (headers.authorization ?? '').replace(/^\S+ /, '');
  const signature = String(headers['x-jws-signature'] ?? '');
  const tokens = [form.get('code') ?? '', form.get('refresh_token') ?? ''];
  return [credentials, signature, ...tokens].filter((text) => text !== '');
}

async function bytesOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
