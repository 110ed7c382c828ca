/// <reference lib="esnext.disposable" preserve="true" />
import * as glue from '../../generated/machine/tell_connect_bg.js';
import { LIMITS, type OrderCommand, type OrderEvent, type PaymentTold } from '../generated/core.js';
import { Held } from '../server/held.js';
import { allOf, member, members, number, optionalText } from '../take.js';
import { machine } from './instance.js';
import { Settings } from './settings.js';

type MemberOf<T> = T extends unknown ? keyof T : never;

const EVENT = allOf<Exclude<MemberOf<OrderEvent>, 'payment'>>()(['type', 'caller', 'by', 'digest', 'id', 'standing']);
/** The members of a payment that an event tells of. */
export const PAYMENT = allOf<keyof PaymentTold>()(['state', 'bankStatus', 'reference']);

/** One order, which is paid once: which consent may send its payment, and what is known of that. */
export class Order {
  readonly #held: Held<glue.Order>;

  /**
   * @param snapshot what `keep` handed over last, of an order that was kept
   * @throws {TellConnectError} `snapshot_damaged`, `snapshot_version_unknown`, `invalid_argument`
   */
  constructor(settings: Settings, snapshot?: string | null) {
    const raw = Settings.raw(settings);
    const kept = optionalText(snapshot, 'snapshot', LIMITS.order);
    this.#held = new Held(machine, () => new glue.Order(raw, kept), false);
  }

  /**
   * Takes one event at a time in milliseconds since 1970.
   *
   * @throws {TellConnectError} `iat_invalid`, `too_large`, `invalid_argument`, `interrupted`
   */
  handle(event: OrderEvent, now: number): OrderCommand[] {
    const plain = members(event, EVENT, LIMITS.text);
    const payment = member(event, 'payment');
    if (payment !== undefined) plain['payment'] = members(payment, PAYMENT, LIMITS.text);
    const at = number(now);
    return this.#held.use((raw) => raw.handle(plain, at)) as OrderCommand[];
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
