/** Hears what a host's worker is told, each way by a path of its own, and refuses to where that way is away. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export class Ear<T> {
  /** What came by each way. */
  readonly heard: Record<string, T[]> = {};
  /** The ways that are closed. */
  readonly away = new Set<string>();
  /** How often somebody came while it was away. */
  refused = 0;
  readonly #server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      const way = request.url?.slice(1) ?? '';
      const isAway = this.away.has(way);
      if (isAway) this.refused += 1;
      else (this.heard[way] ??= []).push(JSON.parse(body) as T);
      response.writeHead(isAway ? 503 : 204).end();
    });
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
