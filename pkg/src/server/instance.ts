import { TellConnectError } from '../error.js';
import { SENTENCES } from '../generated/core.js';
import { type Exports, start } from '../start.js';

type Free = (pointer: number, isByCollector: number) => void;

/**
 * The one instance of an entry's wasm.
 *
 * A call that is cut off in the middle, by a full stack above all, leaves it half way through something: its memory
 * cannot be trusted any more. It is then thrown away, and another takes its place before the next call.
 */
export class Instance {
  readonly #glue: object;
  #module: WebAssembly.Module | undefined;
  #exports: Exports | undefined;
  #isCutOff = false;
  #number = 0;

  /** @param glue what wasm-bindgen made around that wasm */
  constructor(glue: object) {
    this.#glue = glue;
  }

  /** Once, as the entry is loaded. */
  start(compiled: WebAssembly.Module): void {
    this.#module = compiled;
    this.#begin();
  }

  #begin(): void {
    // What the glue remembers of the former memory is let go of as that is detached.
    this.#exports?.memory.grow(0);
    this.#exports = start(this.#glue, this.#module as WebAssembly.Module, ignoreCollector);
    this.#number += 1;
    this.#isCutOff = false;
  }

  /** The number of the one at hand; another one, if a call was cut off in the last. */
  get number(): number {
    if (this.#isCutOff) this.#begin();
    return this.#number;
  }

  /** The memory's bytes. They are others once it has grown. */
  get bytes(): ArrayBuffer {
    return (this.#exports as Exports).memory.buffer as ArrayBuffer;
  }

  /** What a call threw: an error of the wasm's own, or a sign that it was cut off. */
  thrown(error: unknown): unknown {
    if (error instanceof TellConnectError) return error;
    this.#isCutOff = true;
    return new TellConnectError('interrupted', SENTENCES.interrupted);
  }

  /** A call of no object. */
  use<R>(call: () => R): R {
    if (this.#isCutOff) this.#begin();
    try {
      return call();
    } catch (error) {
      throw this.thrown(error);
    }
  }
}

/**
 * The glue frees what the garbage collector found by its address alone, in whichever instance is there by then. It
 * frees nothing so: `Held` does, which knows the instance.
 */
function ignoreCollector(exports: object): object {
  const guarded = Object.entries(exports).map(([name, value]: [string, unknown]) => {
    if (!/^__wbg_\w+_free$/.test(name)) return [name, value];
    const free: Free = (pointer, isByCollector) => isByCollector === 0 && (value as Free)(pointer, 0);
    return [name, free];
  });
  return Object.fromEntries(guarded) as object;
}
