/** A queue on a virtual clock: what is sent comes some time later, in any order, once at least. */

import type { VirtualClock } from './virtual-clock.ts';

/** What a message of Cloudflare's queues holds, in bytes. */
const MOST_BYTES = 128 * 1000;
/** Milliseconds after which a message comes at the latest, unless it is refused. */
const LATEST_MS = 5_000;
const RETRY_MS = 30_000;

export class VirtualQueue<T> {
  sent = 0;
  repeated = 0;
  readonly #clock: VirtualClock;
  readonly #next: () => number;
  readonly #take: (message: T) => void | Promise<void>;

  /** @param next chance, from 0 up to but not 1 @param take the consumer; what it throws at comes again */
  constructor(clock: VirtualClock, next: () => number, take: (message: T) => void | Promise<void>) {
    this.#clock = clock;
    this.#next = next;
    this.#take = take;
  }

  async send(message: T): Promise<void> {
    const bytes = Buffer.byteLength(JSON.stringify(message));
    if (bytes > MOST_BYTES) throw new Error(`A message of ${bytes} bytes is too large.`);
    this.sent += 1;
    const copy = structuredClone(message);
    this.#deliver(copy, this.#next() * LATEST_MS);
    if (this.#next() >= 1 / 50) return;
    this.repeated += 1;
    this.#deliver(copy, this.#next() * RETRY_MS);
  }

  #deliver(message: T, wait: number): void {
    this.#clock.in(wait, () => {
      void (async () => this.#take(message))().catch(() => this.#deliver(message, RETRY_MS));
    });
  }
}
