// What the loaders touch of their platforms, which the types at hand lack.

declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}

// The package's build puts the bytes of these files into the JavaScript.
declare module '*.wasm?bytes' {
  const bytes: Uint8Array;
  export default bytes;
}
declare module '*.deflated' {
  const bytes: Uint8Array;
  export default bytes;
}

// Node's, Deno's and Bun's; the loaders need no more of them.
declare const process: { getBuiltinModule(name: 'node:fs'): { readFileSync(path: URL): Uint8Array } };

// The browser's, which workerd's types lack.
declare namespace WebAssembly {
  function compile(bytes: ArrayBuffer): Promise<Module>;
}

interface ImportMeta {
  url: string;
}
