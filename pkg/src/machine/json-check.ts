/// <reference lib="esnext.disposable" preserve="true" />
import * as glue from '../../generated/server/tell_connect_bg.js';
import { Held } from '../server/held.js';
import { CHUNK, writeBytes } from '../server/scratch.js';
import { byteLengthOf, wrongOption } from '../take.js';

/**
 * An answer's body, checked as it comes: for a shell that passes bodies on and holds each of them once. It takes them
 * in chunks, and keeps none.
 */
export class JsonCheck {
  readonly #held: Held<glue.JsonCheck>;

  constructor() {
    this.#held = new Held(() => new glue.JsonCheck(), false);
  }

  /** @throws {TellConnectError} `invalid_argument`, `interrupted` */
  take(chunk: Uint8Array): void {
    const length = byteLengthOf(chunk);
    if (length === undefined) throw wrongOption('chunk');
    for (let at = 0; at < length; at += CHUNK) {
      const part = chunk.subarray(at, at + CHUNK);
      this.#held.use((raw) => {
        writeBytes(part);
        raw.takeScratch(part.byteLength);
      });
    }
  }

  /** Whether what came is nothing, or one JSON text: the `isWhole` of an answer. */
  get isWhole(): boolean {
    return this.#held.use((raw) => raw.isWhole);
  }

  /** Lets it go at once, where the garbage collector would do so some time. */
  free(): void {
    this.#held.free();
  }

  /** For `using`. */
  [Symbol.dispose](): void {
    this.free();
  }
}
