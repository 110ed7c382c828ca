import * as glue from '../../generated/server/tell_connect_bg.js';
import {
  type AuthoriseAnswer, type ClientOptions, LIMITS, type Method, type Readings, type Scope, type SignedRequest,
  type TokenAnswer,
} from '../generated/core.js';
import { TellConnectError } from '../error.js';
import { Held } from '../server/held.js';
import { flag, json, member, members, number, optionalText, text } from '../take.js';
import { certificateOf } from './certificate.js';

/** Readings of the guide that another gateway could make otherwise. Defaults are the guide's. */
export type Profile = Partial<Readings>;

export interface TppOptions extends ClientOptions {
  /** The certificate exactly as uploaded to the portal: its bytes are the key. 1 byte to 64 KiB. */
  certificate: string | Uint8Array;
  profile?: Profile | null | undefined;
}

export interface ResourceOptions {
  method: Method;
  /** Path and query, without host and version. */
  path: string;
  accessToken: string;
  /** The customer's own public address; left out when no customer is present. */
  userIp?: string | undefined;
  /** The exact JSON text to send. */
  body?: string | undefined;
}

const OPTIONS = ['environment', 'clientId', 'clientSecret', 'app', 'aspsp', 'resourceBaseUrl', 'authBaseUrl'] as const;
// A member that Rust has and this list lacks does not compile.
OPTIONS satisfies readonly (keyof ClientOptions)[];
({}) as { [name in Exclude<keyof ClientOptions, (typeof OPTIONS)[number]>]: never } satisfies Record<never, never>;

/** Builds signed requests for one application at one bank, and reads the answers. */
export class Tpp {
  readonly #held: Held<glue.Client>;

  /** @throws {TellConnectError} `configuration_invalid` with every fault, `profile_invalid`, `invalid_argument` */
  constructor(options: TppOptions) {
    const certificate = certificateOf(options);
    const profile = json(member(options, 'profile'), 'profile_invalid', LIMITS.text);
    this.#held = new Held(new glue.Client(members(options, OPTIONS, LIMITS.text), certificate, profile));
  }

  /** @throws {TellConnectError} `scope_invalid`, `uuid_invalid`, `invalid_argument` */
  authorise(options: { scope: Scope; uuid?: string | undefined; sandboxSca?: boolean | undefined }): {
    uuid: string;
    request: SignedRequest;
  } {
    return this.#held.raw.authorise(
      text(member(options, 'scope'), 'scope', LIMITS.text),
      optionalText(member(options, 'uuid'), 'uuid', LIMITS.text),
      flag(member(options, 'sandboxSca'), 'sandboxSca'),
    ) as { uuid: string; request: SignedRequest };
  }

  /** @throws {TellConnectError} `token_invalid`, `invalid_argument` */
  exchange(code: string): SignedRequest {
    return this.#held.raw.exchange(text(code, 'code', LIMITS.payload)) as SignedRequest;
  }

  /** @throws {TellConnectError} `token_invalid`, `invalid_argument` */
  refresh(refreshToken: string): SignedRequest {
    return this.#held.raw.refresh(text(refreshToken, 'refreshToken', LIMITS.payload)) as SignedRequest;
  }

  /**
   * @throws {TellConnectError} `method_invalid`, `path_invalid`, `token_invalid`, `user_ip_invalid`, `json_invalid`,
   * `too_large`, `invalid_argument`
   */
  resource(options: ResourceOptions): SignedRequest {
    return this.#held.raw.resource(
      text(member(options, 'method'), 'method', LIMITS.text),
      text(member(options, 'path'), 'path', LIMITS.path),
      text(member(options, 'accessToken'), 'accessToken', LIMITS.payload),
      optionalText(member(options, 'userIp'), 'userIp', LIMITS.text),
      optionalText(member(options, 'body'), 'body', LIMITS.payload),
    ) as SignedRequest;
  }

  /** @throws {TellConnectError} `gateway_refused`, `gateway_bad_answer`, `location_refused`, `invalid_argument` */
  readAuthorise(status: number, body: string): AuthoriseAnswer {
    return this.#held.raw.readAuthorise(statusOf(status), text(body, 'body', LIMITS.answer)) as AuthoriseAnswer;
  }

  /**
   * @param now whole seconds since 1970
   * @throws {TellConnectError} `gateway_refused`, `gateway_bad_answer`, `iat_invalid`, `invalid_argument`
   */
  readToken(status: number, body: string, now: number): TokenAnswer {
    const answer = text(body, 'body', LIMITS.answer);
    return this.#held.raw.readToken(statusOf(status), answer, number(now)) as TokenAnswer;
  }

  /** Lets secrets and key go at once, where the garbage collector would do so some time. */
  free(): void {
    this.#held.free();
  }

  /** For `using`. */
  [Symbol.dispose](): void {
    this.free();
  }
}

function statusOf(status: unknown): number {
  if (Number.isInteger(status) && (status as number) >= 100 && (status as number) < 600) return status as number;
  throw new TellConnectError('invalid_argument', 'The status must be an HTTP status code.');
}
