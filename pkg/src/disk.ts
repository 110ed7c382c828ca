// Node, Deno and Bun read the wasm from disk, so that the package is ready on import. Asked for in this way, `node:fs`
// is the one that is loaded already; importing it costs Node two milliseconds.
import { TellConnectError } from './error.js';
import { SENTENCES } from './generated/core.js';

const { readFileSync } = process.getBuiltinModule('node:fs');

/** The bytes of a file of this package. Where a bundler has moved the JavaScript only, there are none. */
export function read(url: () => URL): Uint8Array {
  try {
    return readFileSync(url());
  } catch (cause) {
    throw Object.assign(new TellConnectError('wasm_missing', SENTENCES.wasm_missing), { cause });
  }
}
