import { TellConnectError } from './error.js';
import { SENTENCES } from './generated/core.js';

/** The compiled wasm, at once: what is small enough even for a browser's main thread. */
export function compiled(bytes: Uint8Array): WebAssembly.Module {
  try {
    // The types at hand are workerd's, which cannot compile from bytes.
    const Module = WebAssembly.Module as unknown as new (bytes: Uint8Array) => WebAssembly.Module;
    return new Module(bytes);
  } catch (cause) {
    throw Object.assign(new TellConnectError('wasm_refused', SENTENCES.wasm_refused), { cause });
  }
}
