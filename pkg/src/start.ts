/** The glue that wasm-bindgen generates: the module imports from it and exports to it. */
export interface Glue {
  __wbg_set_wasm(exports: unknown): void;
}

interface Exports {
  __wbindgen_start(): void;
}

/** Instantiates a compiled module and ties the glue to it. */
export function start(glue: Glue, module: WebAssembly.Module): void {
  const imports = { './tell_connect_bg.js': glue as unknown as WebAssembly.ModuleImports };
  const exports = new WebAssembly.Instance(module, imports).exports as unknown as Exports;
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
}
