/** What a module exports, as far as loaders touch it. */
export interface Exports {
  memory: WebAssembly.Memory;
  __wbindgen_start(): void;
}

/** Ties the glue that wasm-bindgen made to a module's exports, or to what stands in for them. */
export function link(glue: object, exports: object): void {
  // Not in the declarations, which are of the module around the glue.
  (glue as { __wbg_set_wasm(exports: object): void }).__wbg_set_wasm(exports);
}

/**
 * Instantiates a compiled module and ties the glue to it: the module imports from the glue and exports to it, `shown`
 * through something if need be.
 */
export function start(glue: object, module: WebAssembly.Module, shown = (exports: object): object => exports): Exports {
  const imports = { './tell_connect_bg.js': glue as WebAssembly.ModuleImports };
  const exports = new WebAssembly.Instance(module, imports).exports as unknown as Exports;
  link(glue, shown(exports));
  exports.__wbindgen_start();
  return exports;
}
