/**
 * The seam to the bare HMAC in wasm, with which a signer in wasm is compared. It is a crate of its own, built by
 * `make bench` for this alone; whoever moves it changes `FLOOR_WASM` and `Exports`.
 */

/** From the project's root. */
export const FLOOR_WASM = 'target/floor/wasm32-unknown-unknown/release/floor.wasm';

interface Exports {
  memory: WebAssembly.Memory;
  bytes(length: number): number;
  key(): void;
  tag(): number;
}

export interface Floor {
  /** Lays a message down. */
  message(bytes: Uint8Array): void;
  /** The message's tag. */
  tag(): Uint8Array;
  /** Computes it so many times. */
  run(times: number): void;
}

export function openFloor(module: WebAssembly.Module, key: Uint8Array): Floor {
  const exports = new WebAssembly.Instance(module).exports as unknown as Exports;
  const message = (bytes: Uint8Array): void => {
    const at = exports.bytes(bytes.length);
    new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
  };
  message(key);
  exports.key();
  return {
    message,
    tag: () => new Uint8Array(exports.memory.buffer, exports.tag(), 32).slice(),
    run(times) {
      for (let i = 0; i < times; i += 1) exports.tag();
    },
  };
}
