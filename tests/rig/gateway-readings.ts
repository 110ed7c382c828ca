/**
 * Gateways that read the guide differently, for whoever has to find out how: by node:http and node:crypto alone, from
 * the rules, sharing nothing with the package.
 */

import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** How a certificate's text becomes a key. */
export const KEYS = {
  'as-is': (pem: string) => Buffer.from(pem),
  lf: (pem: string) => Buffer.from(pem.replaceAll('\r\n', '\n')),
  crlf: (pem: string) => Buffer.from(pem.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n')),
  'no-final-newline': (pem: string) => Buffer.from(pem.replace(/[\r\n]+$/, '')),
  'final-newline': (pem: string) => Buffer.from(`${pem.replace(/[\r\n]+$/, '')}\n`),
  'pem-body': (pem: string) => Buffer.from(bodyOf(pem)),
  der: (pem: string) => Buffer.from(bodyOf(pem), 'base64'),
} as const;

const bodyOf = (pem: string): string => pem.replace(/-----[A-Z ]+-----/g, '').replace(/\s/g, '');

/** How client id and secret become Basic credentials. */
export const JOINED = {
  'as-is': (part: string) => part,
  'form-encoded': (part: string) => new URLSearchParams({ a: part }).toString().slice(2),
} as const;

/** How a gateway refuses: credentials, a signature, a token. */
export const MANNERS = {
  /** All alike. */
  silent: { basic: 'Unauthorized', signature: 'Unauthorized', token: 'Unauthorized', isSignatureFirst: false },
  /** Credentials by RFC 6749, all else without a word. */
  oauth: {
    basic: '{"error":"invalid_client"}', signature: '{"message":"no"}', token: '{"message":"no"}',
    isSignatureFirst: false,
  },
  /** In words. */
  words: {
    basic: '{"error":"invalid_client"}', signature: '{"error":"invalid_signature"}', token: '{"error":"invalid_token"}',
    isSignatureFirst: false,
  },
  /** In words, and the signature before all else. */
  signatureFirst: {
    basic: '{"error":"invalid_client"}', signature: '{"title":"The JWS does not verify"}',
    token: '{"error":"invalid_token"}',
    isSignatureFirst: true,
  },
  /** Each its own, but without a word that anybody knows. */
  codes: {
    basic: '{"fault":"E-ALPHA"}', signature: '{"fault":"E-BETA"}', token: '{"fault":"E-GAMMA"}',
    isSignatureFirst: false,
  },
  /** Whatever is wrong, the client is. */
  invalidClient: {
    basic: '{"error":"invalid_client"}', signature: '{"error":"invalid_client"}', token: '{"error":"invalid_client"}',
    isSignatureFirst: false,
  },
} as const;

export interface Readings {
  readonly certificate: keyof typeof KEYS;
  readonly basic: keyof typeof JOINED;
  readonly manner: keyof typeof MANNERS;
  readonly signQuery?: boolean;
  readonly emptyPayload?: 'object' | 'empty';
}

export interface Known {
  readonly id: string;
  readonly secret: string;
  readonly app: string;
  readonly pem: string;
}

/** A gateway that reads as it is told, and counts what it was asked. */
export class ReadingGateway {
  readonly asked: string[] = [];
  /** Whatever was not as the rules have it, whichever way it is read. */
  readonly odd: string[] = [];
  readonly readings: Readings;
  readonly known: Known;
  readonly #server: Server;

  private constructor(readings: Readings, known: Known) {
    this.readings = readings;
    this.known = known;
    this.#server = createServer((request, response) => void this.#answer(request).then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    }));
  }

  static async start(readings: Readings, known: Known): Promise<ReadingGateway> {
    const gateway = new ReadingGateway(readings, known);
    gateway.#server.listen(0, '127.0.0.1');
    await once(gateway.#server, 'listening');
    return gateway;
  }

  get base(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  /** Every request, signed or not. */
  heard(listener: (request: IncomingMessage) => void): void {
    this.#server.on('request', listener);
  }

  async #answer(request: IncomingMessage): Promise<[number, string]> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = (request.url ?? '').replace(/^\/v1/, '');
    const jws = request.headers['x-jws-signature'];
    if (typeof jws !== 'string') return [404, '{}'];
    this.asked.push(`${request.method} ${url}`);
    const { manner } = this.readings;
    const isToken = url.startsWith('/access-token');
    const isSigned = this.#isSigned(jws, url, Buffer.concat(chunks).toString());
    const isKnown = !isToken || this.#isKnown(request.headers.authorization ?? '');
    const { basic, signature, token, isSignatureFirst } = MANNERS[manner];
    const refusals = [...(isKnown ? [] : [basic]), ...(isSigned ? [] : [signature])];
    const refusal = isSignatureFirst ? refusals.at(-1) : refusals[0];
    if (refusal !== undefined) return [401, refusal];
    return isToken ? [400, '{"error":"invalid_grant"}'] : [401, token];
  }

  #isKnown(authorization: string): boolean {
    const join = JOINED[this.readings.basic];
    const joined = Buffer.from(`${join(this.known.id)}:${join(this.known.secret)}`).toString('base64');
    return authorization === `Basic ${joined}`;
  }

  #isSigned(jws: string, url: string, body: string): boolean {
    const { certificate, signQuery = false, emptyPayload = 'object' } = this.readings;
    const [header = '', payload = '', signature = ''] = jws.split('.');
    const members = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, unknown>;
    const { alg, typ, app, path, iat } = members;
    const isFresh = typeof iat === 'number' && Math.abs(iat - Date.now() / 1000) < 300;
    const isUsual = alg === 'HS256' && typ === 'JWT' && app === this.known.app && isFresh;
    if (!isUsual) this.odd.push(`header ${alg} ${typ} ${iat}`);
    const empty = emptyPayload === 'object' ? '{}' : '';
    const signed = body === '' ? empty : JSON.stringify(Object.fromEntries(new URLSearchParams(body)));
    const key = KEYS[certificate](this.known.pem);
    const tag = createHmac('sha256', key).update(`${header}.${payload}`).digest('base64url');
    return tag === signature && path === (signQuery ? url : url.split('?')[0])
      && Buffer.from(payload, 'base64url').toString() === signed;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
