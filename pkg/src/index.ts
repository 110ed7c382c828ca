// The browser-safe package: it shapes and reads, and holds no code that could sign or carry a token.
// Each runtime has a loader of its own beside this file; they export exactly what is declared here.

export { TellConnectError } from './error.js';
export type { ErrorCode, Fault, GatewayRefusal } from './error.js';

/** `sandbox` has stubbed data; `production` real people's accounts. */
export type Environment = 'sandbox' | 'production';

/** `aisp` is account information, `pisp` payment initiation. */
export type Scope = 'aisp' | 'pisp';

export interface AuthoriseBodyOptions {
  /** The bank's UUID; Pockit's is `8ddb14f1-fecd-41fe-90b7-f8fbda9494ac`. */
  aspsp: string;
  scope: Scope;
  /** A version 4 UUID of yours; a fresh one is made without it. */
  uuid?: string | undefined;
  /** Whether the sandbox accepts for the customer. Never sent in production. */
  sandboxSca?: boolean | undefined;
  environment: Environment;
}

export interface AuthoriseBody {
  /** The UUID in the body. */
  uuid: string;
  /** The JSON text, to be sent and signed as it is. */
  body: string;
}

export interface SigningInputOptions {
  /** The application's id, as the portal shows it. */
  app: string;
  /** The call's path without host and version, such as `/accounts/12345678/balance`. */
  path: string;
  /** Whole seconds since 1970. */
  iat: number;
  /** The exact JSON text that is sent. */
  payload: string;
}

/** What the bank's redirect says. `declined` is an outcome, not an error. */
export type Redirect =
  | { outcome: 'authorised'; intentId: string; uuid: string; code: string }
  | { outcome: 'declined'; intentId: string; uuid: string };

/** A JWS header; the gateway's has these members. */
export interface JwsHeader {
  alg?: string;
  typ?: string;
  app?: string;
  path?: string;
  iat?: number;
  [name: string]: unknown;
}

export interface InspectedJws {
  header: JwsHeader;
  /** The payload's exact text. */
  payload: string;
  /** The signature in base64url, unchecked. */
  signature: string;
}

/**
 * Loads the wasm, once however often it is called. Needed in browsers; elsewhere the package is ready on import.
 *
 * @throws the platform's own error when the wasm cannot be fetched or compiled; a later call tries again.
 */
export declare function ready(): Promise<void>;

/**
 * A fresh version 4 UUID.
 *
 * @throws {TellConnectError} `randomness_unavailable`
 */
export declare function newUuid(): string;

/**
 * The body of `POST /authorise`, members in the guide's order.
 *
 * @throws {TellConnectError} `aspsp_invalid`, `scope_invalid`, `uuid_invalid`, `environment_invalid`,
 * `invalid_argument`
 */
export declare function authoriseBody(options: AuthoriseBodyOptions): AuthoriseBody;

/**
 * What is signed: `header.payload` in base64url, without a signature.
 *
 * @throws {TellConnectError} `app_invalid`, `path_invalid`, `iat_invalid`, `json_invalid`, `json_too_deep`,
 * `too_large`, `invalid_argument`
 */
export declare function signingInput(options: SigningInputOptions): string;

/**
 * Reads the URL to which the bank sent the customer back.
 *
 * @throws {TellConnectError} `redirect_parameter_missing`, `redirect_parameter_repeated`,
 * `redirect_parameter_invalid`, `too_large`, `invalid_argument`
 */
export declare function parseRedirect(url: string | URL): Redirect;

/**
 * Takes a compact JWS apart, without checking its signature.
 *
 * @throws {TellConnectError} `jws_malformed`, `too_large`, `invalid_argument`
 */
export declare function inspectJws(token: string): InspectedJws;
