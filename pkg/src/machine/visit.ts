/// <reference lib="esnext.disposable" preserve="true" />
import * as glue from '../../generated/machine/tell_connect_bg.js';
import {
  type Cookies, type Door, type Knock, LIMITS, type ProblemCode, type SessionCookie, type VisitCall, type VisitHeard,
  type VisitStep,
} from '../generated/core.js';
import { Held } from '../server/held.js';
import { allOf, members, number, text } from '../take.js';
import { machine } from './instance.js';
import { Settings } from './settings.js';

const CALL = ['type', 'scope', 'body', 'key', 'url'] as const;
/** A browser's cookies. */
export const COOKIES = allOf<keyof Cookies>()(['aisp', 'pisp']);
const KNOCK = allOf<keyof Knock>()(['method', 'own', 'origin', 'site', 'destination', 'purpose']);
const HEARD = allOf<keyof VisitHeard>()(['kind', 'uuid', 'took', 'code', 'state']);

/**
 * A browser's call. `next` says what to do; what a consent replies goes into it again, until it says how to answer the
 * browser. Then `cookies` says what the browser is to hold.
 */
export class Visit {
  readonly #held: Held<glue.Visit>;

  /**
   * @param cookies what the browser sent, as it came
   * @param now in milliseconds since 1970
   * @throws {TellConnectError} `iat_invalid`, `too_large`, `invalid_argument`
   */
  constructor(settings: Settings, call: VisitCall, cookies: Cookies, now: number) {
    const raw = Settings.raw(settings);
    const [own, sent, at] = [members(call, CALL, LIMITS.text), members(cookies, COOKIES, LIMITS.text), number(now)];
    this.#held = new Held(machine, () => new glue.Visit(raw, own, sent, at), false);
  }

  /** Why a call is not let in through that door; `undefined` when it is. */
  static refusal(door: Door, knock: Knock): ProblemCode | undefined {
    const [through, plain] = [text(door, 'door', LIMITS.text), members(knock, KNOCK, LIMITS.text)];
    return machine.use(() => glue.Visit.refusal(through, plain)) as ProblemCode | undefined;
  }

  /**
   * What to do next.
   *
   * @param heard of the step before, if that was to ask or to look
   */
  next(heard?: VisitHeard): VisitStep {
    const plain = heard && members(heard, HEARD, LIMITS.text);
    return this.#held.use((raw) => raw.next(plain)) as VisitStep;
  }

  /** The cookies that the browser is to hold afterwards. */
  cookies(): SessionCookie[] {
    return this.#held.use((raw) => raw.cookies()) as SessionCookie[];
  }

  /** Lets it go at once, where the garbage collector would do so some time. */
  free(): void {
    this.#held.free();
  }

  /** For `using`. */
  [Symbol.dispose](): void {
    this.free();
  }
}
