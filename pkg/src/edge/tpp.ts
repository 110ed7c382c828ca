/// <reference lib="esnext.disposable" preserve="true" />
import * as glue from '../../generated/edge/tell_connect_bg.js';
import {
  type AuthoriseAnswer, type ClientOptions, LIMITS, type Method, type Readings, type Scope, type SignedRequest,
  type TokenAnswer,
} from '../generated/core.js';
import { TellConnectError } from '../error.js';
import { Held } from '../server/held.js';
import { allOf, flag, member, members, number, optionalText, paymentText, profileText, text } from '../take.js';
import { certificateOf } from './certificate.js';
import { edge } from './instance.js';

/** Readings of the guide that another gateway could make otherwise. Defaults are the guide's. */
export type Profile = Partial<Readings>;

/** One application of yours at one bank, from the portal. */
export interface TppOptions extends ClientOptions {
  /** The certificate exactly as uploaded to the portal: its bytes are the key. 1 byte to 64 KiB. */
  certificate: string | Uint8Array;
  /** What this bank's gateway reads otherwise than the guide. */
  profile?: Profile | null | undefined;
}

/** A call of the bank under a consent. */
export interface ResourceOptions {
  /** The HTTP method. */
  method: Method;
  /** Path and query, without host and version. */
  path: string;
  /** The access token of the consent. */
  accessToken: string;
  /** The customer's own public address; left out when no customer is present. */
  userIp?: string | undefined;
  /** The exact JSON text to send. */
  body?: string | undefined;
}

/** A payment under a consent that was given for it. */
export interface PaymentOptions {
  /** The payment, or its exact JSON text: at most 16 KiB. */
  payment: Payment | string;
  /** The access token of the consent. */
  accessToken: string;
  /** The customer's own public address; left out when no customer is present. */
  userIp?: string | undefined;
}

/** A payment as tell.money takes it (PAY-1). What else stands in it is passed on. */
export interface Payment {
  /** The account that pays; the customer chooses it at the bank where it is left out. */
  AccountId?: string | undefined;
  /** Such as `FasterPayment`. */
  PaymentType: string;
  /** Who is paid. */
  BeneficiaryName: string;
  /** `SortCodeAccountNumber` or `IBAN`, with or without a prefix as in `UK.OBIE.IBAN`. */
  SchemeName: string;
  /** 14 digits, or an IBAN without spaces. */
  BeneficiaryIdentification: string;
  /** A plain decimal above zero, as `'10.50'`; never a number. */
  Amount: string;
  /** Of ISO 4217. */
  Currency: string;
  /** What the beneficiary sees. */
  Reference: string;
  [member: string]: unknown;
}

const OPTIONS = allOf<keyof ClientOptions>()([
  'environment', 'clientId', 'clientSecret', 'app', 'aspsp', 'resourceBaseUrl', 'authBaseUrl',
]);

/** Builds signed requests for one application at one bank, and reads the answers. */
export class Tpp {
  readonly #held: Held<glue.Client>;

  /**
   * Checks the options, all of them at once.
   *
   * @throws {TellConnectError} `configuration_invalid` with every fault, `profile_invalid`, `too_large`, `invalid_argument`
   */
  constructor(options: TppOptions) {
    const certificate = certificateOf(options);
    const profile = profileText(member(options, 'profile'));
    const plain = members(options, OPTIONS, LIMITS.text);
    this.#held = new Held(edge, () => new glue.Client(plain, certificate, profile), true);
  }

  /**
   * Asks for an authorisation. Keep the `uuid` with the browser's session: the redirect has to bring the same.
   *
   * @throws {TellConnectError} `scope_invalid`, `uuid_invalid`, `invalid_argument`
   */
  authorise(options: { scope: Scope; uuid?: string | undefined; sandboxSca?: boolean | undefined }): {
    uuid: string;
    request: SignedRequest;
  } {
    const scope = text(member(options, 'scope'), 'scope', LIMITS.text);
    const uuid = optionalText(member(options, 'uuid'), 'uuid', LIMITS.text);
    const sandboxSca = flag(member(options, 'sandboxSca'), 'sandboxSca');
    const made: unknown = this.#held.use((raw) => raw.authorise(scope, uuid, sandboxSca));
    return made as { uuid: string; request: SignedRequest };
  }

  /**
   * Exchanges the code that the redirect brought for tokens. A code is good once, and for a minute in production.
   *
   * @throws {TellConnectError} `token_invalid`, `invalid_argument`
   */
  exchange(code: string): SignedRequest {
    const taken = text(code, 'code', LIMITS.payload);
    return this.#held.use((raw) => raw.exchange(taken)) as SignedRequest;
  }

  /**
   * Asks for a new access token. The answer may bring a new refresh token, and the old one is over then.
   *
   * @throws {TellConnectError} `token_invalid`, `invalid_argument`
   */
  refresh(refreshToken: string): SignedRequest {
    const taken = text(refreshToken, 'refreshToken', LIMITS.payload);
    return this.#held.use((raw) => raw.refresh(taken)) as SignedRequest;
  }

  /**
   * Calls the bank for what the consent permits, such as `/accounts`.
   *
   * @throws {TellConnectError} `method_invalid`, `path_invalid`, `token_invalid`, `user_ip_invalid`, `json_invalid`,
   * `too_large`, `invalid_argument`
   */
  resource(options: ResourceOptions): SignedRequest {
    const method = text(member(options, 'method'), 'method', LIMITS.text);
    const path = text(member(options, 'path'), 'path', LIMITS.path);
    const accessToken = text(member(options, 'accessToken'), 'accessToken', LIMITS.payload);
    const userIp = optionalText(member(options, 'userIp'), 'userIp', LIMITS.text);
    const body = optionalText(member(options, 'body'), 'body', LIMITS.payload);
    return this.#held.use((raw) => raw.resource(method, path, accessToken, userIp, body)) as SignedRequest;
  }

  /**
   * Submits a payment: send the request once, whatever comes of it. The payment is checked first (PAY-1), and its text
   * is sent as it is; an object is written once.
   *
   * @throws {TellConnectError} `payment_invalid` with every fault, `json_invalid`, `too_large`, `token_invalid`,
   * `user_ip_invalid`, `invalid_argument`
   */
  payment(options: PaymentOptions): SignedRequest {
    const payment = paymentText(member(options, 'payment'));
    const accessToken = text(member(options, 'accessToken'), 'accessToken', LIMITS.payload);
    const userIp = optionalText(member(options, 'userIp'), 'userIp', LIMITS.text);
    return this.#held.use((raw) => raw.payment(payment, accessToken, userIp)) as SignedRequest;
  }

  /**
   * Reads the answer to `authorise`: where to send the customer. A location on a strange host is refused.
   *
   * @throws {TellConnectError} `gateway_refused`, `gateway_bad_answer`, `location_refused`, `invalid_argument`
   */
  readAuthorise(status: number, body: string): AuthoriseAnswer {
    const [taken, answer] = [statusOf(status), text(body, 'body', LIMITS.answer)];
    return this.#held.use((raw) => raw.readAuthorise(taken, answer)) as AuthoriseAnswer;
  }

  /**
   * Reads the answer to `exchange` and `refresh`: the tokens.
   *
   * @param now whole seconds since 1970
   * @throws {TellConnectError} `gateway_refused`, `gateway_bad_answer`, `iat_invalid`, `invalid_argument`
   */
  readToken(status: number, body: string, now: number): TokenAnswer {
    const [taken, answer] = [statusOf(status), text(body, 'body', LIMITS.answer)];
    return this.#held.use((raw) => raw.readToken(taken, answer, number(now))) as TokenAnswer;
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
