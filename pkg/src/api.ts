// The browser-safe package: it shapes and reads, and holds no code that could sign or carry a token.
import * as glue from '../generated/browser/tell_connect_bg.js';
import type { AuthoriseBody, Environment, Redirect, Scope } from './generated/core.js';
import { LIMITS } from './generated/core.js';
import { flag, member, number, optionalText, text } from './take.js';

export { TellConnectError } from './error.js';
export type { ErrorCode, Fault, GatewayRefusal } from './error.js';
export type { AuthoriseBody, Environment, Redirect, Scope } from './generated/core.js';

/** What an authorisation is asked for. */
export interface AuthoriseBodyOptions {
  /** The bank's UUID; Pockit's is `8ddb14f1-fecd-41fe-90b7-f8fbda9494ac`. */
  aspsp: string;
  /** `aisp` for access to accounts, `pisp` for a payment. */
  scope: Scope;
  /** A version 4 UUID of yours; a fresh one is made without it. */
  uuid?: string | undefined;
  /** Whether the sandbox accepts for the customer. Never sent in production. */
  sandboxSca?: boolean | undefined;
  /** Which of the gateway's two environments it is for. */
  environment: Environment;
}

/** What a signature is over. */
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

/** A JWS header; the gateway's has these members. */
export interface JwsHeader {
  /** The algorithm: `HS256`, where the gateway takes it. */
  alg?: string;
  /** The type: `JWT`. */
  typ?: string;
  /** The application's id. */
  app?: string;
  /** The path of the call, without host and version. */
  path?: string;
  /** When it was signed, in whole seconds since 1970. */
  iat?: number;
  [name: string]: unknown;
}

/** The three parts of a compact JWS. */
export interface InspectedJws {
  /** The header, as an object. */
  header: JwsHeader;
  /** The payload's exact text. */
  payload: string;
  /** The signature in base64url, unchecked. */
  signature: string;
}

/**
 * A fresh version 4 UUID.
 *
 * @throws {TellConnectError} `randomness_unavailable`
 */
export function newUuid(): string {
  return glue.newUuid();
}

/**
 * The body of `POST /authorise`, members in the guide's order.
 *
 * @throws {TellConnectError} `aspsp_invalid`, `scope_invalid`, `uuid_invalid`, `environment_invalid`,
 * `invalid_argument`
 */
export function authoriseBody(options: AuthoriseBodyOptions): AuthoriseBody {
  return JSON.parse(glue.authoriseBody(
    text(member(options, 'environment'), 'environment', LIMITS.text),
    text(member(options, 'aspsp'), 'aspsp', LIMITS.text),
    text(member(options, 'scope'), 'scope', LIMITS.text),
    optionalText(member(options, 'uuid'), 'uuid', LIMITS.text),
    flag(member(options, 'sandboxSca'), 'sandboxSca'),
  )) as AuthoriseBody;
}

/**
 * What is signed: `header.payload` in base64url, without a signature.
 *
 * @throws {TellConnectError} `app_invalid`, `path_invalid`, `iat_invalid`, `json_invalid`, `too_large`,
 * `invalid_argument`
 */
export function signingInput(options: SigningInputOptions): string {
  return glue.signingInput(
    text(member(options, 'app'), 'app', LIMITS.text),
    text(member(options, 'path'), 'path', LIMITS.path),
    number(member(options, 'iat')),
    text(member(options, 'payload'), 'payload', LIMITS.payload),
  );
}

/**
 * Reads the URL to which the bank sent the customer back.
 *
 * @throws {TellConnectError} `redirect_parameter_missing`, `redirect_parameter_repeated`,
 * `redirect_parameter_invalid`, `too_large`, `invalid_argument`
 */
export function parseRedirect(url: string | URL): Redirect {
  // A URL object is as good as its text.
  const href = typeof url === 'object' ? member(url, 'href') : url;
  return JSON.parse(glue.parseRedirect(text(href, 'url', LIMITS.url))) as Redirect;
}

/**
 * Takes a compact JWS apart, without checking its signature.
 *
 * @throws {TellConnectError} `jws_malformed`, `too_large`, `invalid_argument`
 */
export function inspectJws(token: string): InspectedJws {
  const parts = JSON.parse(glue.inspectJws(text(token, 'token', LIMITS.jws))) as Record<keyof InspectedJws, string>;
  return { ...parts, header: JSON.parse(parts.header) as JwsHeader };
}
