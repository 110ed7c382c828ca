// What wasm-bindgen generates, as far as the loaders touch it. The types a user sees are in index.ts and edge/index.ts.

declare module '*/browser/tell_connect_bg.js' {
  const core: typeof import('./index.js');
  export const newUuid: typeof core.newUuid;
  export const authoriseBody: typeof core.authoriseBody;
  export const signingInput: typeof core.signingInput;
  export const parseRedirect: typeof core.parseRedirect;
  export const inspectJws: typeof core.inspectJws;
  export function __wbg_set_wasm(exports: unknown): void;
}

declare module '*/edge/tell_connect_bg.js' {
  export const Signer: import('./edge/index.js').SignerConstructor;
  export const Tpp: import('./edge/index.js').TppConstructor;
  export function __wbg_set_wasm(exports: unknown): void;
}

declare module '*/machine/tell_connect_bg.js' {
  export const Settings: import('./machine/index.js').SettingsConstructor;
  export const Consent: import('./machine/index.js').ConsentConstructor;
  export function __wbg_set_wasm(exports: unknown): void;
}

declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}

// Node's, Deno's and Bun's; the loaders need no more of them.
declare module 'node:fs' {
  export function readFileSync(path: URL): Uint8Array;
}

// The browser's, which workerd's types lack.
declare namespace WebAssembly {
  function compile(bytes: ArrayBuffer): Promise<Module>;
}

interface ImportMeta {
  url: string;
}
