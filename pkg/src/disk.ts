// Node, Deno and Bun read the wasm from disk, so that the package is ready on import. Asked for in this way, `node:fs`
// is the one that is loaded already; importing it costs Node two milliseconds.
const { readFileSync } = process.getBuiltinModule('node:fs');

/** The compiled wasm at a file URL. */
export function compiled(url: URL): WebAssembly.Module {
  // The types at hand are workerd's, which cannot compile from bytes.
  const Module = WebAssembly.Module as unknown as new (bytes: Uint8Array) => WebAssembly.Module;
  return new Module(readFileSync(url));
}
