/**
 * Reads what the bank sent: a JSON text in, typed rows out. Safe for browsers, with a WebAssembly of its own.
 *
 * @module tell-connect/views
 */

// Whichever loader a runtime takes, it exports exactly what is declared here.
export * from './api.js';

/**
 * Loads the wasm, once however often it is called. Needed in browsers; elsewhere the package is ready on import.
 *
 * @throws {TellConnectError} `wasm_refused`; a later call tries again.
 */
export declare function ready(): Promise<void>;
