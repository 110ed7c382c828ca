import { createSocket } from 'node:dgram';
import { isFree } from '../../scripts/start/ports.mjs';

/** Below those that the system gives to outgoing connections, one of which could take a port between two starts. */
const FIRST = 18_300;
const COUNT = 600;

/** Runs side by side begin at different places, and a run does not offer a port twice. */
let next = (process.pid * 7) % COUNT;

/**
 * Keeps a port from other runs until this one ends, while no server listens on it yet: what only one can have is the
 * UDP port of that number.
 */
function isOurs(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4').unref();
    socket.once('error', () => resolve(false));
    socket.bind({ address: '127.0.0.1', port, exclusive: true }, () => resolve(true));
  });
}

/** A port of both of localhost's addresses, for a server whose settings have to name it before it starts. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < COUNT; tried += 1) {
    const port = FIRST + next;
    next = (next + 1) % COUNT;
    if (await isOurs(port) && await isFree(port)) return port;
  }
  throw new Error(`no port from ${FIRST} to ${FIRST + COUNT - 1} is free`);
}
