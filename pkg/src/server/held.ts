import { TellConnectError } from '../error.js';

interface Raw {
  free(): void;
}

/** An object of the wasm's, held until it is let go: by `free`, by `using`, or by the garbage collector. */
export class Held<T extends Raw> {
  #raw: T | undefined;

  constructor(raw: T) {
    this.#raw = raw;
  }

  /** @throws {TellConnectError} `invalid_argument` once it was let go */
  get raw(): T {
    if (this.#raw === undefined) throw new TellConnectError('invalid_argument', 'This object was let go: make a new one.');
    return this.#raw;
  }

  free(): void {
    this.#raw?.free();
    this.#raw = undefined;
  }
}
