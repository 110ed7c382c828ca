/**
 * Signs requests and reads their answers, for code that holds secrets. Ready on import in Node.js, Deno, Bun and
 * workerd; refused in browsers.
 *
 * @module tell-connect/edge
 */

// Each runtime has a loader of its own beside this file; they export exactly what is declared here.

export { TellConnectError } from '../error.js';
export type { ErrorCode, Fault, GatewayRefusal } from '../error.js';
export type { Environment, JwsHeader, Scope } from '../api.js';
export type {
  AuthoriseAnswer, Explanation, Finding, Method, Reading, SignedRequest, TokenAnswer,
} from '../generated/core.js';
export * from './signer.js';
export * from './tpp.js';
