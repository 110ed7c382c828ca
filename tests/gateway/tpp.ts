/** A caller that keeps every rule, with a hook at each step, so that a test can plant exactly one wrong thing. */

import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { Gateway } from './gateway.ts';

export interface Draft {
  method: string;
  url: string;
  headers: Array<[name: string, value: string]>;
  body: Buffer;
  /** The JWS's two texts and its key, before they are encoded. */
  header: string;
  payload: string;
  key: Uint8Array;
  /** The finished token, for faults in the encoding itself. */
  token: (header: string, payload: string, key: Uint8Array) => string;
}

export type Plant = (draft: Draft) => void;

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export const CLIENT = { clientId: 'client-1', clientSecret: 's3cr£t:with%41 +é' };
export const CERTIFICATE = Buffer.from('-----BEGIN CERTIFICATE-----\r\nTUlJQg==\n-----END CERTIFICATE-----\n\n');
export const APP = 'app-1';
export const UUID = 'c0fd407d-134b-4091-8e04-ab49a98db217';

const BASIC = `Basic ${Buffer.from(`${CLIENT.clientId}:${CLIENT.clientSecret}`).toString('base64')}`;

export const base64url = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');

export function jwsHeader(path: string, change: Record<string, unknown> = {}): string {
  const iat = Math.floor(Date.now() / 1000);
  return JSON.stringify({ alg: 'HS256', typ: 'JWT', app: APP, path, iat, ...change });
}

export function sign(header: string, payload: string, key: Uint8Array): string {
  const input = `${base64url(header)}.${base64url(payload)}`;
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
}

export function authorise(gateway: Gateway, plant?: Plant, change: Record<string, unknown> = {}): Promise<Reply> {
  const body = { aspsp: '8ddb14f1-fecd-41fe-90b7-f8fbda9494ac', uuid: UUID, scope: 'aisp', ...change };
  return call({
    url: `${gateway.authBase}/authorise`,
    header: jwsHeader('/authorise'),
    headers: [['content-type', 'application/json'], ['authorization', BASIC]],
    text: JSON.stringify(body),
  }, plant);
}

export function token(gateway: Gateway, fields: Record<string, string>, plant?: Plant): Promise<Reply> {
  return call({
    url: `${gateway.authBase}/access-token`,
    header: jwsHeader('/access-token'),
    headers: [['content-type', 'application/x-www-form-urlencoded'], ['authorization', BASIC]],
    text: new URLSearchParams(fields).toString(),
    payload: JSON.stringify(fields),
  }, plant);
}

export const exchange = (gateway: Gateway, code: string, plant?: Plant): Promise<Reply> =>
  token(gateway, { grant_type: 'authorization_code', code }, plant);

export const refresh = (gateway: Gateway, refreshToken: string, plant?: Plant): Promise<Reply> =>
  token(gateway, { grant_type: 'refresh_token', refresh_token: refreshToken }, plant);

export function resource(gateway: Gateway, path: string, accessToken: string, plant?: Plant): Promise<Reply> {
  return call({
    url: gateway.resourceBase + path,
    header: jwsHeader(path.replace(/\?.*/, '')),
    headers: [['authorization', `Bearer ${accessToken}`], ['x-user-ip', '203.0.113.1']],
  }, plant);
}

interface Correct {
  url: string;
  header: string;
  headers: Array<[string, string]>;
  /** The body; a call without one is a GET. */
  text?: string;
  payload?: string;
}

async function call({ url, header, headers, text, payload }: Correct, plant?: Plant): Promise<Reply> {
  const draft: Draft = {
    method: text === undefined ? 'GET' : 'POST',
    url,
    headers,
    body: Buffer.from(text ?? '', 'utf8'),
    header,
    payload: payload ?? text ?? '{}',
    key: CERTIFICATE,
    token: sign,
  };
  plant?.(draft);
  const jws = draft.token(draft.header, draft.payload, draft.key);
  const sent: Array<[string, string]> = jws === '' ? draft.headers : [...draft.headers, ['x-jws-signature', jws]];
  return send(draft.method, draft.url, [...sent, ['content-length', String(draft.body.length)]], draft.body);
}

function send(method: string, url: string, headers: Array<[string, string]>, body: Buffer): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { hostname, port, pathname, search, host } = new URL(url);
    // Node writes header values as latin1, one byte per character: this makes them the text's UTF-8.
    const raw = [['host', host], ...headers]
      .flatMap(([name = '', value = '']) => [name, Buffer.from(value).toString('latin1')]);
    // A connection of its own for each call: one that a fault has cut must not disturb the next.
    const options = { hostname, port, path: pathname + search, method, headers: raw, agent: false };
    const outgoing = request(options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
