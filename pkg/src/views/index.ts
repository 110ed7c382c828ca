// What `tell-connect/views` is, whichever loader a runtime takes: each exports exactly what is declared here.
export * from './api.js';

/**
 * Loads the wasm, once however often it is called. Needed in browsers; elsewhere the package is ready on import.
 *
 * @throws the platform's own error when the wasm cannot be fetched or compiled; a later call tries again.
 */
export declare function ready(): Promise<void>;
