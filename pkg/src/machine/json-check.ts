/// <reference lib="esnext.disposable" preserve="true" />
import * as glue from '../../generated/machine/tell_connect_bg.js';
import { Held } from '../server/held.js';
import { byteLengthOf, wrongOption } from '../take.js';
import { machine } from './instance.js';

/**
 * An answer's body, checked as it comes: for a shell that passes bodies on and holds each of them once. It takes them
 * in chunks, and keeps none.
 */
export class JsonCheck {
  readonly #held: Held<glue.JsonCheck>;

  constructor() {
    this.#held = new Held(machine, () => new glue.JsonCheck(), false);
  }

  /** @throws {TellConnectError} `invalid_argument`, `interrupted` */
  take(chunk: Uint8Array): void {
    const length = byteLengthOf(chunk);
    if (length === undefined) throw wrongOption('chunk');
    for (let at = 0, room = 0; at < length; at += room) {
      this.#held.use((raw) => {
        room = glue.JsonCheck.room();
        const part = chunk.subarray(at, at + room);
        // Asked for first: the first time it is made, and the memory may grow.
        const space = glue.JsonCheck.space();
        new Uint8Array(machine.bytes, space, room).set(part);
        raw.take(part.byteLength);
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
