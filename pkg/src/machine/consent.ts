/// <reference lib="esnext.disposable" preserve="true" />
import * as glue from '../../generated/machine/tell_connect_bg.js';
import { Settings } from './settings.js';
import { type Command, type ConsentAbout, type ConsentEvent, type ConsentView, LIMITS, type Visitor } from '../generated/core.js';
import { Held } from '../server/held.js';
import { allOf, member, members, number, optionalText, text } from '../take.js';
import { machine } from './instance.js';
import { PAYMENT } from './order.js';

/** The members that some kind of event has. */
type MemberOf<T> = T extends unknown ? keyof T : never;

const EVENT = allOf<Exclude<MemberOf<ConsentEvent>, 'visitor' | 'payment'>>()([
  'type', 'caller', 'id', 'scope', 'application', 'order', 'customer', 'renews', 'uuid', 'url', 'method', 'path', 'body', 'key',
  'paymentText', 'letsGo', 'status', 'retryAfter', 'isWhole', 'shown', 'size', 'loss', 'claim', 'isDelivered', 'plan', 'number', 'isTaken',
]);
const VISITOR = allOf<keyof Visitor>()(['host', 'ip']);

/** One consent: what is kept of it, and who waits. */
export class Consent {
  readonly #held: Held<glue.Consent>;

  /**
   * @param snapshot what `keep` handed over last, of a consent that was kept
   * @throws {TellConnectError} `snapshot_damaged`, `snapshot_version_unknown`, `configuration_invalid`,
   * `invalid_argument`
   */
  constructor(settings: Settings, snapshot?: string | null) {
    const raw = Settings.raw(settings);
    const kept = optionalText(snapshot, 'snapshot', LIMITS.snapshot);
    this.#held = new Held(machine, () => new glue.Consent(raw, kept), false);
  }

  /**
   * Takes one event at a time in milliseconds since 1970. The first one of a consent that was kept finds it awake.
   *
   * @throws {TellConnectError} `iat_invalid`, `too_large`, `invalid_argument`, `interrupted`
   */
  handle(event: ConsentEvent, now: number): Command[] {
    const plain = members(event, EVENT, LIMITS.answer);
    const visitor = member(event, 'visitor');
    if (visitor !== undefined) plain['visitor'] = members(visitor, VISITOR, LIMITS.text);
    // Of a payment that is asked for, the text; of one that is told of, what is told.
    const payment = member(event, 'payment');
    if (typeof payment === 'object') plain['payment'] = members(payment, PAYMENT, LIMITS.text);
    else if (payment !== undefined) plain['payment'] = text(payment, 'payment', LIMITS.text);
    const at = number(now);
    return this.#held.use((raw) => raw.handle(plain, at)) as Command[];
  }

  /**
   * What may be known of it from outside; `undefined` when there is none. A stranger is whoever has not shown that they
   * came back from the bank.
   */
  view(isStranger = false, now = Date.now()): ConsentView | undefined {
    return this.#held.use((raw) => raw.view(isStranger === true, Number(now))) as ConsentView | undefined;
  }

  /** Whose it is, for its host alone; `undefined` when there is none. */
  about(): ConsentAbout | undefined {
    return this.#held.use((raw) => raw.about()) as ConsentAbout | undefined;
  }

  /** The journey so far as JSON, nothing secret in it; in production it is empty. */
  journey(): string {
    return this.#held.use((raw) => raw.journey());
  }

  /** Lets tokens and all go at once, where the garbage collector would do so some time. */
  free(): void {
    this.#held.free();
  }

  /** For `using`. */
  [Symbol.dispose](): void {
    this.free();
  }
}
