/** Requests over connections that are kept open, so cheaply made that the gateway's own time is what is measured. */

import { type Socket, connect } from 'node:net';

export interface Load {
  port: number;
  connections: number;
  requests: number;
  /** The text of the request with this number, whole. */
  request: (index: number) => string;
  progress: (answered: number) => void;
}

export interface Answered {
  /** How many came with each status. */
  statuses: Map<string, number>;
  milliseconds: number;
}

export async function load({ port, connections, requests, request, progress }: Load): Promise<Answered> {
  const statuses = new Map<string, number>();
  let [asked, answered] = [0, 0];
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, () => one(port, {
    next: () => (asked < requests ? request(asked++) : undefined),
    got: (status) => {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      answered += 1;
      progress(answered);
    },
  })));
  return { statuses, milliseconds: performance.now() - started };
}

interface Turn {
  next: () => string | undefined;
  got: (status: string) => void;
}

/** One connection: the next request leaves when the last one is answered whole. */
function one(port: number, { next, got }: Turn): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1');
    let heard = '';
    const ask = (): void => {
      const text = next();
      if (text === undefined) socket.end(resolve);
      else socket.write(text);
    };
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.once('connect', ask);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the connection was closed')));
    socket.on('data', (text: string) => {
      heard += text;
      if (!isWhole(heard)) return;
      got(heard.slice(9, 12));
      heard = '';
      ask();
    });
  });
}

function isWhole(text: string): boolean {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head))?.[1];
  return length === undefined ? text.endsWith('\r\n0\r\n\r\n') : text.length >= head + 4 + Number(length);
}
