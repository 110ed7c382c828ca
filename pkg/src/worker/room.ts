// Room for bytes that all objects of one isolate share: who finds too little waits until others give theirs back.

/** After this nobody holds any more: an object that was aborted gives nothing back. In milliseconds. */
const FORGOTTEN_MS = 5 * 60_000;

export class Room {
  #left: number;
  readonly #leases = new Set<Lease>();
  readonly #waiting: { bytes: number; enter: () => void }[] = [];

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** Takes room for so many bytes; rejects once the signal is aborted. In the order in which it was asked for. */
  async take(bytes: number, signal: AbortSignal): Promise<Lease> {
    signal.throwIfAborted();
    this.#forget();
    if (this.#waiting.length > 0 || bytes > this.#left) await this.#wait(bytes, signal);
    else this.#left -= bytes;
    const lease = new Lease(bytes, (given) => this.#give(given));
    this.#leases.add(lease);
    return lease;
  }

  #wait(bytes: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(signal.reason);
        this.#give(0);
      };
      const waiter = {
        bytes,
        enter: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiter);
    });
  }

  #give(bytes: number): void {
    this.#left += bytes;
    for (let [next] = this.#waiting; next !== undefined && next.bytes <= this.#left; [next] = this.#waiting) {
      this.#left -= next.bytes;
      this.#waiting.shift();
      next.enter();
    }
  }

  #forget(): void {
    for (const lease of this.#leases) {
      if (Date.now() - lease.since >= FORGOTTEN_MS) lease.keep(0);
      if (lease.bytes === 0) this.#leases.delete(lease);
    }
  }
}

/** Room that somebody has. */
export class Lease {
  readonly since = Date.now();
  #bytes: number;
  readonly #give: (bytes: number) => void;

  constructor(bytes: number, give: (bytes: number) => void) {
    this.#bytes = bytes;
    this.#give = give;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Gives back all but so many bytes. */
  keep(bytes: number): void {
    const given = Math.max(0, this.#bytes - bytes);
    this.#bytes -= given;
    this.#give(given);
  }
}
