/**
 * Shapes requests and reads redirects and signatures, in browsers and everywhere else. It holds no code that could sign
 * or carry a token.
 *
 * @module tell-connect
 */

// Whichever loader a runtime takes, it exports exactly what is declared here.
export * from './api.js';

/**
 * Loads the wasm, once however often it is called. Needed in browsers; elsewhere the package is ready on import.
 *
 * @throws {TellConnectError} `wasm_refused`; a later call tries again.
 */
export declare function ready(): Promise<void>;
