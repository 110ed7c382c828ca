/** A proxy that compresses text on its way to a browser, as Cloudflare's edge does. */

import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { createGzip } from 'node:zlib';

const TEXT = /^(text\/|application\/(json|javascript|problem\+json|wasm)|image\/svg)/;

/** Passes a call on to where it is addressed, and its answer back. */
function pass(call: IncomingMessage, answer: ServerResponse): void {
  const target = request(call.url ?? '', { method: call.method, headers: call.headers }, (came) => {
    const { 'content-length': length, ...headers } = came.headers;
    const isText = TEXT.test(came.headers['content-type'] ?? '') && came.headers['content-encoding'] === undefined;
    if (!isText) return void came.pipe(answer.writeHead(came.statusCode ?? 502, came.headers));
    came.pipe(createGzip()).pipe(answer.writeHead(came.statusCode ?? 502, { ...headers, 'content-encoding': 'gzip' }));
  });
  target.on('error', () => answer.writeHead(502).end());
  call.pipe(target);
}

export interface Edge extends Disposable {
  readonly address: string;
}

export async function openEdge(): Promise<Edge> {
  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, [Symbol.dispose]: () => void server.close() };
}
