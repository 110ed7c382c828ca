/// <reference lib="esnext.disposable" preserve="true" />
import * as glue from '../../generated/machine/tell_connect_bg.js';
import type { Profile } from '../edge/tpp.js';
import { type Environment, type Fault, LIMITS, type ProblemCode, SETTINGS, type ShownNames } from '../generated/core.js';
import { Held } from '../server/held.js';
import { member, optionalText, profileText, text, wrongOption } from '../take.js';
import { machine } from './instance.js';

/** Settings that are bindings. */
const BINDINGS: readonly string[] = ['TELL_EVENTS', 'TELL_RESULTS', 'STATISTICS'];

/** A worker's settings, checked. */
export class Settings {
  readonly #held: Held<glue.Settings>;

  private constructor(make: () => glue.Settings) {
    this.#held = new Held(machine, make, true);
  }

  /**
   * Reads variables and secrets by name. What is no text counts as missing.
   *
   * @throws {TellConnectError} `configuration_invalid` with every fault, `profile_invalid`, `too_large`,
   * `invalid_argument`
   */
  static read(env: object, profile?: Profile | null): Settings {
    const variables: Record<string, string> = {};
    for (const name of SETTINGS) {
      const value = member(env, name);
      if (typeof value === 'string') variables[name] = text(value, name, LIMITS.text);
      // A queue is no text, nor are objects: that they are there is what is to be known.
      else if (BINDINGS.includes(name) && value !== undefined) variables[name] = 'bound';
    }
    const readings = profileText(profile);
    return new Settings(() => glue.Settings.read(variables, readings));
  }

  /** Which of the gateway's two environments they are for. */
  get environment(): Environment {
    return this.#held.use((raw) => raw.environment) as Environment;
  }

  /** 32 bytes each; the first encrypts, all decrypt. */
  vaultKeys(): Uint8Array<ArrayBuffer>[] {
    return this.#held.use((raw) => raw.vaultKeys()) as Uint8Array<ArrayBuffer>[];
  }

  /** Where consents have to be kept; anywhere, without one. */
  get jurisdiction(): 'eu' | 'us' | undefined {
    return this.#held.use((raw) => raw.jurisdiction) as 'eu' | 'us' | undefined;
  }

  /** Where the audit trail goes. */
  get audit(): 'off' | 'console' | 'queue' {
    return this.#held.use((raw) => raw.audit) as 'off' | 'console' | 'queue';
  }

  /** Why a call of the statistics with that `Authorization` is not let in; `undefined` where it is. */
  statisticsRefusal(authorization: string | undefined): ProblemCode | undefined {
    const shown = optionalText(authorization, 'authorization', LIMITS.text);
    return this.#held.use((raw) => raw.statisticsRefusal(shown)) as ProblemCode | undefined;
  }

  /** What people see the application called that is taken where none is named, and its bank. */
  shown(): ShownNames {
    return this.#held.use((raw) => raw.shown()) as ShownNames;
  }

  /** What is taken, but is probably not meant: settings, and why. */
  warnings(): Fault[] {
    return this.#held.use((raw) => raw.warnings()) as Fault[];
  }

  /** @internal The wasm's own, for a consent. */
  static raw(settings: unknown): glue.Settings {
    // Whoever is no Settings has no such field.
    if (typeof settings !== 'object' || settings === null || !(#held in settings)) throw wrongOption('settings');
    return settings.#held.raw;
  }

  /** Lets secrets and keys go at once, where the garbage collector would do so some time. */
  free(): void {
    this.#held.free();
  }

  /** For `using`. */
  [Symbol.dispose](): void {
    this.free();
  }
}
