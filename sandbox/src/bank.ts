import { DurableObject } from 'cloudflare:workers';
import type { Admission, Decision, Desk, NewIntent, Payment, Redemption } from './desk.ts';
import { Ledger } from './ledger.ts';
import type { Tallied } from './tally.ts';
import type { Walk } from './walks.ts';

/** The one place that keeps state. It hands each call to the ledger and adds nothing but where the books lie. */
export class Bank extends DurableObject implements Desk {
  readonly #ledger = new Ledger(this.ctx.storage.sql);

  open(intent: NewIntent, rule: { uuidIsNew: boolean }, now: number) {
    return this.#ledger.open(intent, rule, now);
  }

  find(intentId: string) {
    return this.#ledger.find(intentId);
  }

  decide(intentId: string, decision: Decision, now: number) {
    return this.#ledger.decide(intentId, decision, now);
  }

  withdraw(intentId: string) {
    return this.#ledger.withdraw(intentId);
  }

  redeem(redemption: Redemption, now: number) {
    return this.#ledger.redeem(redemption, now);
  }

  admit(admission: Admission, now: number) {
    return this.#ledger.admit(admission, now);
  }

  namePage(intentId: string, endpoint: string, walk: Walk, now: number) {
    return this.#ledger.namePage(intentId, endpoint, walk, now);
  }

  fifths() {
    return this.#ledger.fifths();
  }

  scopeOf(hash: string) {
    return this.#ledger.scopeOf(hash);
  }

  tally(call: Tallied) {
    this.#ledger.tally(call);
  }

  daysCounted(first: number, last: number) {
    return this.#ledger.daysCounted(first, last);
  }

  firstDayCounted() {
    return this.#ledger.firstDayCounted();
  }

  submit(intentId: string, payment: Payment) {
    return this.#ledger.submit(intentId, payment);
  }

  payment(intentId: string) {
    return this.#ledger.payment(intentId);
  }
}
