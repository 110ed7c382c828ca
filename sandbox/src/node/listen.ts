import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listener {
  /** Without a `/` at its end. */
  url: string;
  port: number;
  /** Cuts what is under way, and from then on refuses. */
  close(): Promise<void>;
}

type Answer = (request: Request) => Promise<Response>;

/** Made once: without a reason each call would pay for an exception of its own. */
const GONE = new Error('the connection is gone, or all is answered');

/** More than any call may hold; what is sent beyond it is read, and thrown away. */
const READ_LIMIT = 1024 * 1024;

/** Serves on a port of the loopback interface, any free one for 0. `Response.error()` cuts the connection. */
export async function listen(answer: Answer, port: number): Promise<Listener> {
  const server = serverOf(answer, Infinity);
  // A test that fails before it closes its gateway must still be able to end.
  server.unref();
  const taken = await listenOn(server, '127.0.0.1', port);
  return { url: `http://127.0.0.1:${taken}`, port: taken, close: () => closed(server) };
}

/** The same for as long as the process is to live, on each address that `localhost` may stand for. */
export async function listenAsLocalhost(answer: Answer, port: number): Promise<Listener> {
  const servers = [serverOf(answer, READ_LIMIT)];
  const close = async (): Promise<void> => void (await Promise.all(servers.map(closed)));
  const taken = await listenOn(servers[0] as Server, '127.0.0.1', port);
  const second = serverOf(answer, READ_LIMIT);
  try {
    await listenOn(second, '::1', taken);
    servers.push(second);
  } catch (error) {
    // A machine without IPv6 has no ::1.
    if (!['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(String((error as { code?: unknown }).code))) {
      await close();
      throw error;
    }
  }
  return { url: `http://localhost:${taken}`, port: taken, close };
}

function serverOf(answer: Answer, limit: number): Server {
  return createServer((incoming, outgoing) => {
    const closed = new AbortController();
    outgoing.once('close', () => closed.abort(GONE));
    const done = requestOf(incoming, closed.signal, limit).then(answer).then((response) => write(response, outgoing));
    done.catch((error: unknown) => {
      // A caller may go away in the middle of its request: that is no error of this side.
      if (incoming.complete && !outgoing.destroyed) console.error(error);
      outgoing.destroy();
    });
  });
}

async function listenOn(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function closed(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  return closed;
}

/** Its signal tells when the connection has gone, or all is answered. */
async function requestOf(incoming: IncomingMessage, signal: AbortSignal, limit: number): Promise<Request> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    // The gateway refuses what is kept already, by its own lower limit.
    if (length < limit) chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
  }
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
