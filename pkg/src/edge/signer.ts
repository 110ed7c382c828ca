/// <reference lib="esnext.disposable" preserve="true" />
import * as glue from '../../generated/edge/tell_connect_bg.js';
import type { JwsHeader } from '../api.js';
import { type Explanation, LIMITS } from '../generated/core.js';
import { Held } from '../server/held.js';
import { member, noObject, number, optionalText, text, wrongOption } from '../take.js';
import { certificateOf } from './certificate.js';
import { edge } from './instance.js';
import { readToken, writeCall } from './scratch.js';

/** Whose signatures they are. */
export interface SignerOptions {
  /** The application's id, as the portal shows it. */
  app: string;
  /** The certificate exactly as uploaded to the portal: its bytes are the key. 1 byte to 64 KiB. */
  certificate: string | Uint8Array;
}

/** The call to be signed. */
export interface SignOptions {
  /** The call's path without host and version. A query string is left out of what is signed. */
  path: string;
  /** The exact JSON text that is sent. */
  payload: string;
  /** Whole seconds since 1970; now, without it. */
  iat?: number | undefined;
}

/** What was signed. */
export interface VerifiedJws {
  /** The header, as an object. */
  header: JwsHeader;
  /** The payload's exact text. */
  payload: string;
}

/** The members, by names that the engine knows beforehand: of a call this short, looking them up is a tenth. */
function call(options: SignOptions): Record<keyof SignOptions, unknown> {
  try {
    const { path, payload, iat } = options;
    return { path, payload, iat };
  } catch {
    throw noObject();
  }
}

/** Signs and verifies for one application. The key schedule is computed once. */
export class Signer {
  readonly #held: Held<glue.Signer>;

  /** @throws {TellConnectError} `app_invalid`, `certificate_invalid`, `invalid_argument` */
  constructor(options: SignerOptions) {
    const app = text(member(options, 'app'), 'app', LIMITS.text);
    const certificate = certificateOf(options);
    if (certificate === undefined) throw wrongOption('certificate');
    this.#held = new Held(edge, () => new glue.Signer(app, certificate), true);
  }

  /**
   * The value of `x-jws-signature`.
   *
   * @throws {TellConnectError} `path_invalid`, `iat_invalid`, `json_invalid`, `too_large`, `invalid_argument`
   */
  sign(options: SignOptions): string {
    const given = call(options);
    const path = text(given.path, 'path', LIMITS.path);
    const payload = text(given.payload, 'payload', LIMITS.payload);
    const iat = given.iat === undefined || given.iat === null ? Math.floor(Date.now() / 1000) : number(given.iat);
    const { raw } = this.#held;
    try {
      const written = writeCall(path, payload);
      const length = written < 0 ? 0 : raw.signScratch(path.length, written, iat);
      return length === 0 ? raw.sign(path, payload, iat) : readToken(length);
    } catch (error) {
      throw edge.thrown(error);
    }
  }

  /**
   * Takes a token that this application signed, HS256 alone.
   *
   * @throws {TellConnectError} `jws_malformed`, `jws_algorithm_refused`, `jws_header_refused`,
   * `jws_signature_mismatch`, `jws_app_mismatch`, `too_large`, `invalid_argument`
   */
  verify(token: string): VerifiedJws {
    const taken = text(token, 'token', LIMITS.jws);
    const verified = this.#held.use((raw) => raw.verify(taken)) as { header: string; payload: string };
    return { ...verified, header: JSON.parse(verified.header) as JwsHeader };
  }

  /**
   * Says which plausible reading of certificate, path, payload and alphabet a refused token was signed by.
   * `path` and `payload` are what the call really had.
   *
   * @throws {TellConnectError} `path_invalid`, `too_large`, `invalid_argument`
   */
  explain(token: string, call: { path?: string; payload?: string } = {}): Explanation {
    const taken = text(token, 'token', LIMITS.explained);
    const path = optionalText(member(call, 'path'), 'path', LIMITS.path);
    const payload = optionalText(member(call, 'payload'), 'payload', LIMITS.explained);
    return this.#held.use((raw) => raw.explain(taken, path, payload)) as Explanation;
  }

  /** Lets the key go at once, where the garbage collector would do so some time. */
  free(): void {
    this.#held.free();
  }

  /** For `using`. */
  [Symbol.dispose](): void {
    this.free();
  }
}
