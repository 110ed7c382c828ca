import { createServer } from 'node:net';

/** The first port from `from` to `to` that is free on both of localhost's addresses. */
export async function freePort(from: number, to: number): Promise<number> {
  for (let port = from; port <= to; port += 1) {
    if (await isFree(port, '127.0.0.1') && await isFree(port, '::1')) return port;
  }
  throw new Error(`no port from ${from} to ${to} is free`);
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((settle) => {
    const server = createServer();
    // A machine without IPv6 has no ::1 that could be in use.
    server.once('error', (error: NodeJS.ErrnoException) => settle(error.code === 'EADDRNOTAVAIL'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => settle(true)));
  });
}
