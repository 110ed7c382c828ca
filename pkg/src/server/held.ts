import { TellConnectError } from '../error.js';
import { SENTENCES } from '../generated/core.js';
import type { Instance } from './instance.js';

interface Raw {
  free(): void;
}

interface Lent {
  raw: Raw;
  instance: Instance;
  number: number;
}

/** Frees what was not let go, in its own instance. */
const collector = new FinalizationRegistry<Lent>((lent) => {
  if (lent.number === lent.instance.number) lent.raw.free();
});

/** An object of the wasm's, held until it is let go: by `free`, by `using`, or by the garbage collector. */
export class Held<T extends Raw> {
  #raw: T | undefined;
  #number = 0;
  readonly #instance: Instance;
  readonly #make: () => T;
  readonly #isRemade: boolean;

  /** `isRemade`: nothing has become of it since, so that in another instance it is simply made again. */
  constructor(instance: Instance, make: () => T, isRemade: boolean) {
    this.#instance = instance;
    this.#make = make;
    this.#isRemade = isRemade;
    this.#begin();
  }

  #begin(): void {
    this.#number = this.#instance.number;
    try {
      this.#raw = this.#make();
    } catch (error) {
      throw this.#instance.thrown(error);
    }
    collector.unregister(this);
    collector.register(this, { raw: this.#raw, instance: this.#instance, number: this.#number }, this);
  }

  /** @throws {TellConnectError} `invalid_argument` once it was let go, `interrupted` if its instance was cut off */
  get raw(): T {
    if (this.#raw === undefined) throw new TellConnectError('invalid_argument', 'This object was let go: make a new one.');
    if (this.#number !== this.#instance.number) {
      if (!this.#isRemade) throw new TellConnectError('interrupted', SENTENCES.interrupted);
      this.#begin();
    }
    return this.#raw;
  }

  /** A call of it. */
  use<R>(call: (raw: T) => R): R {
    const { raw } = this;
    try {
      return call(raw);
    } catch (error) {
      throw this.#instance.thrown(error);
    }
  }

  free(): void {
    const raw = this.#raw;
    this.#raw = undefined;
    collector.unregister(this);
    if (raw !== undefined && this.#number === this.#instance.number) raw.free();
  }
}
