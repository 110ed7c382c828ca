// Node, Deno and Bun read the wasm from disk, so that the package is ready on import.
import { readFileSync } from 'node:fs';
import { type Glue, start } from './start.js';

/** Starts the wasm at a file URL. */
export function startFromDisk(glue: Glue, url: URL): void {
  // The types at hand are workerd's, which cannot compile from bytes.
  const Module = WebAssembly.Module as unknown as new (bytes: Uint8Array) => WebAssembly.Module;
  start(glue, new Module(readFileSync(url)));
}
