// The shell around one customer's list of consents. What becomes of the list is decided in Rust.
import { DurableObject } from 'cloudflare:workers';
import type { Scope } from '../generated/core.js';
import { Customer } from '../machine/workerd.js';
import { type Configured, type Env, only } from './settings.js';
import { Shelf } from './shelf.js';

const KEPT = 'customer';

/** One customer, as a host names them: a Durable Object that knows which consents are theirs. */
export class CustomerVault extends DurableObject<Env> {
  readonly #shelf = new Shelf(this.ctx, KEPT);
  #turn: Promise<unknown> = Promise.resolve();

  /** The handles, the oldest first. @hidden */
  consents(): Promise<string[]> {
    return this.#inTurn((customer) => ({ told: customer.consents(), isNew: false }));
  }

  /** One more was asked for: the handles of those that it replaces once it is connected. @hidden */
  add(consent: string, scope: Scope, application: string): Promise<string[]> {
    return this.#inTurn((customer) => {
      customer.add(consent, scope, application);
      return { told: customer.former(consent), isNew: true };
    });
  }

  /** The handles of those that one replaces once it is connected. @hidden */
  former(consent: string): Promise<string[]> {
    return this.#inTurn((customer) => ({ told: customer.former(consent), isNew: false }));
  }

  /** These are gone. @hidden */
  remove(consents: readonly string[]): Promise<void> {
    return this.#inTurn((customer) => ({ told: undefined, isNew: consents.filter((consent) => customer.remove(consent)).length > 0 }));
  }

  /** What this vault's customers are under: a worker's own vault knows its worker. */
  protected configured(): Configured {
    return only();
  }

  #inTurn<T>(act: (customer: Customer) => { told: T; isNew: boolean }): Promise<T> {
    const turn = this.#turn.then(async () => {
      const seal = await (await this.configured().read(this.env)).seal;
      const sealed = await this.#shelf.sealed();
      using customer = new Customer(sealed && (await this.#shelf.open(sealed, seal)));
      const { told, isNew } = act(customer);
      if (isNew && customer.consents().length === 0) await this.#shelf.erase();
      else if (isNew) await this.#shelf.keep(customer.snapshot(), seal);
      return told;
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
