import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listener {
  /** Without a `/` at its end. */
  url: string;
  /** Cuts what is under way, and from then on refuses. */
  close(): Promise<void>;
}

/** Serves on a port of the loopback interface, any free one for 0. `Response.error()` cuts the connection. */
export async function listen(answer: (request: Request) => Promise<Response>, port: number): Promise<Listener> {
  const server = createServer((incoming, outgoing) => {
    const closed = new AbortController();
    outgoing.once('close', () => closed.abort());
    const done = requestOf(incoming, closed.signal).then(answer).then((response) => write(response, outgoing));
    done.catch((error: unknown) => {
      // A caller may go away in the middle of its request: that is no error of this side.
      if (incoming.complete && !outgoing.destroyed) console.error(error);
      outgoing.destroy();
    });
  });
  // A test that fails before it closes its gateway must still be able to end.
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

/** Its signal tells when the connection has gone, or all is answered. */
async function requestOf(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    headers.append(incoming.rawHeaders[index] ?? '', incoming.rawHeaders[index + 1] ?? '');
  }
  const { method = 'GET' } = incoming;
  const url = `http://${incoming.headers.host}${incoming.url}`;
  const body = method === 'GET' || method === 'HEAD' ? null : Buffer.concat(chunks);
  return new Request(url, { method, headers, body, signal });
}

async function write(response: Response, outgoing: ServerResponse): Promise<void> {
  if (response.type === 'error') {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  try {
    for await (const chunk of response.body ?? []) {
      // Each piece leaves before the next is asked for, which may be a cut.
      await new Promise<void>((resolve) => outgoing.write(chunk, () => resolve()));
      if (outgoing.destroyed) return;
    }
    outgoing.end();
  } catch {
    outgoing.destroy();
  }
}
