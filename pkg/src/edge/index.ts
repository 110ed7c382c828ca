// The package for code that holds secrets. Ready on import in Node, Deno, Bun and workerd; refused in browsers.
// Each runtime has a loader of its own beside this file; they export exactly what is declared here.

import type { Environment, JwsHeader, Scope } from '../index.js';

export { TellConnectError } from '../error.js';
export type { ErrorCode, Fault, GatewayRefusal } from '../error.js';
export type { Environment, JwsHeader, Scope } from '../index.js';

export interface SignerOptions {
  /** The application's id, as the portal shows it. */
  app: string;
  /** The certificate exactly as uploaded to the portal: its bytes are the key. 1 byte to 64 KiB. */
  certificate: string | Uint8Array;
}

export interface SignOptions {
  /** The call's path without host and version. A query string is left out of what is signed. */
  path: string;
  /** The exact JSON text that is sent. */
  payload: string;
  /** Whole seconds since 1970; now, without it. */
  iat?: number | undefined;
}

export interface VerifiedJws {
  header: JwsHeader;
  /** The payload's exact text. */
  payload: string;
}

/** What an explained token departs from. */
export interface Finding {
  reading:
    | 'algorithm'
    | 'certificate-as-is'
    | 'certificate-crlf'
    | 'certificate-der'
    | 'certificate-final-newline'
    | 'certificate-lf'
    | 'certificate-no-final-newline'
    | 'certificate-pem-body'
    | 'malformed'
    | 'other-path'
    | 'other-payload'
    | 're-serialised-payload'
    | 'standard-base64'
    | 'unexplained';
  /** What to do about it. */
  advice: string;
}

export interface Explanation {
  /** Whether the token verifies as it is, for the path and payload given. */
  verified: boolean;
  findings: Finding[];
}

/** Signs and verifies for one application. The key schedule is computed once. */
export interface Signer {
  /**
   * The value of `x-jws-signature`.
   *
   * @throws {TellConnectError} `path_invalid`, `iat_invalid`, `json_invalid`, `json_too_deep`, `too_large`,
   * `invalid_argument`
   */
  sign(options: SignOptions): string;
  /**
   * Takes a token that this application signed, HS256 alone.
   *
   * @throws {TellConnectError} `jws_malformed`, `jws_algorithm_refused`, `jws_header_refused`,
   * `jws_signature_mismatch`, `too_large`, `invalid_argument`
   */
  verify(token: string): VerifiedJws;
  /**
   * Says which plausible reading of certificate, path, payload and alphabet a refused token was signed by.
   * `path` and `payload` are what the call really had.
   *
   * @throws {TellConnectError} `path_invalid`, `too_large`, `invalid_argument`
   */
  explain(token: string, call?: { path?: string; payload?: string }): Explanation;
}

export interface SignerConstructor {
  /** @throws {TellConnectError} `app_invalid`, `certificate_invalid`, `invalid_argument` */
  new (options: SignerOptions): Signer;
}

/** Readings of the guide that another gateway could make otherwise. Defaults are the guide's. */
export interface Profile {
  /** Whether the signed path holds the query string. Default `false`. */
  signQuery?: boolean;
  /** What is signed for a request without a body: `{}` or nothing. Default `object`. */
  emptyPayload?: 'object' | 'empty';
  /** How the certificate's text becomes the key. Default `as-is`. */
  certificate?: 'as-is' | 'lf' | 'crlf' | 'no-final-newline' | 'final-newline' | 'pem-body' | 'der';
  /** How client id and secret are joined. Default `as-is` (RFC 7617). */
  basic?: 'as-is' | 'form-encoded';
  /** Seconds before its end at which an access token is refreshed; at most 1800. Default 60. */
  refreshSkewSeconds?: number;
  /** Further hosts, as `host` or `host:port`, to which a customer may be sent. */
  locationHosts?: string[];
  /** Where payments are submitted. Default `/payments`. */
  paymentPath?: string;
}

export interface TppOptions extends SignerOptions {
  environment: Environment;
  clientId: string;
  clientSecret: string;
  /** The bank's UUID. */
  aspsp: string;
  /** Where accounts and payments are, host and version included; https. The guide gives none. */
  resourceBaseUrl: string;
  /** In place of the environment's own. */
  authBaseUrl?: string | undefined;
  profile?: Profile | undefined;
}

/** A signed request: `fetch(request.url, request)` sends it. It holds secrets. */
export interface SignedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
}

export interface ResourceOptions {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query, without host and version. */
  path: string;
  accessToken: string;
  /** The customer's own public address; left out when no customer is present. */
  userIp?: string | undefined;
  /** The exact JSON text to send. */
  body?: string | undefined;
}

export interface AuthoriseAnswer {
  intentId: string;
  /** Where to send the customer; one of the bank's hosts, checked. */
  location: string;
}

export interface TokenAnswer {
  accessToken: string;
  /** Keep it before anything else; without a new one the old one stays good. */
  refreshToken?: string;
  tokenType: 'Bearer';
  /** Seconds, at most 3600. */
  expiresIn: number;
  /** Seconds since 1970. */
  expiresAt: number;
  /** The permissions granted. */
  scope: string[];
}

/** Builds signed requests for one application at one bank, and reads the answers. */
export interface Tpp {
  /** @throws {TellConnectError} `scope_invalid`, `uuid_invalid`, `invalid_argument` */
  authorise(options: { scope: Scope; uuid?: string | undefined; sandboxSca?: boolean | undefined }): {
    uuid: string;
    request: SignedRequest;
  };
  /** @throws {TellConnectError} `token_invalid`, `invalid_argument` */
  exchange(code: string): SignedRequest;
  /** @throws {TellConnectError} `token_invalid`, `invalid_argument` */
  refresh(refreshToken: string): SignedRequest;
  /**
   * @throws {TellConnectError} `method_invalid`, `path_invalid`, `token_invalid`, `user_ip_invalid`, `json_invalid`,
   * `json_too_deep`, `too_large`, `invalid_argument`
   */
  resource(options: ResourceOptions): SignedRequest;
  /** @throws {TellConnectError} `gateway_refused`, `gateway_bad_answer`, `location_refused`, `invalid_argument` */
  readAuthorise(status: number, body: string): AuthoriseAnswer;
  /**
   * @param now whole seconds since 1970
   * @throws {TellConnectError} `gateway_refused`, `gateway_bad_answer`, `iat_invalid`, `invalid_argument`
   */
  readToken(status: number, body: string, now: number): TokenAnswer;
}

export interface TppConstructor {
  /** @throws {TellConnectError} `configuration_invalid` with every fault, `invalid_argument` */
  new (options: TppOptions): Tpp;
}

export declare const Signer: SignerConstructor;
export declare const Tpp: TppConstructor;
