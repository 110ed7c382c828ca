// The shell around one order: as that around a consent, it decides nothing. Each command is one line below.
import { DurableObject } from 'cloudflare:workers';
import { Order } from '../machine/workerd.js';
import type { OrderCommand, OrderEvent } from '../generated/core.js';
import { LAST_DEADLINE_MS, within } from './callers.js';
import { type Configuration, type Configured, type Env, only } from './settings.js';
import { Shelf } from './shelf.js';
import { consentOf } from './stub.js';

const KEPT = 'order';
/** The longest that a consent may take to say how its payment stands. */
const INQUIRY_MS = 5000;

/** What an order says. */
export type OrderReply = Omit<Extract<OrderCommand, { type: 'answer' }>, 'type' | 'caller'>;

type Asked<T> = T extends { caller: number } ? Omit<T, 'caller'> : never;

/** What an order is asked. */
export type OrderQuestion = Asked<OrderEvent>;

/** One order: a Durable Object, so the only place that says who may pay it. */
export class OrderVault extends DurableObject<Env> {
  readonly #shelf = new Shelf(this.ctx, KEPT);
  #configuration: Configuration | undefined;
  #order: Order | undefined;
  #turn: Promise<void> = Promise.resolve();
  readonly #waiting = new Map<number, (reply: OrderReply) => void>();
  #last = 0;

  /** Asks something of the order. One that cannot be read lets nobody pay. @hidden */
  ask(question: OrderQuestion): Promise<OrderReply> {
    const caller = (this.#last += 1);
    const reply = new Promise<OrderReply>((resolve) => this.#waiting.set(caller, resolve));
    return within(LAST_DEADLINE_MS, this.#happen({ ...question, caller } as OrderEvent).then(() => reply), { claim: 'failed' });
  }

  /** @hidden */
  override alarm(): Promise<void> {
    return this.#happen({ type: 'woken' });
  }

  /** What this vault's orders are under: a worker's own vault knows its worker. */
  protected configured(): Configured {
    return only();
  }

  #happen(event: OrderEvent): Promise<void> {
    const turn = this.#turn.then(async () => {
      const order = await this.#awake();
      for (const command of order.handle(event, Date.now())) await this.#carryOut(command);
    });
    this.#turn = turn.catch((error: unknown) => {
      // What could not be kept must not be acted on: start again from what was.
      this.#order?.free();
      this.ctx.abort(error instanceof Error ? error.name : 'failed');
    });
    return turn;
  }

  async #awake(): Promise<Order> {
    if (this.#order !== undefined) return this.#order;
    this.#configuration = await this.configured().read(this.env);
    const { settings, seal } = this.#configuration;
    const sealed = await this.#shelf.sealed();
    this.#order = new Order(settings, sealed && (await this.#shelf.open(sealed, await seal)));
    return this.#order;
  }

  async #carryOut(command: OrderCommand): Promise<void> {
    switch (command.type) {
      case 'keep': return this.#keep(command.snapshot);
      case 'wake': return this.#shelf.wake(command.at);
      case 'forget': return this.#shelf.erase();
      case 'inquire': return void this.#inquire(command);
      case 'answer': return this.#answer(command);
      default: command satisfies never;
    }
  }

  async #keep(snapshot: string): Promise<void> {
    if (this.#configuration === undefined) throw new TypeError('Nothing is kept before it was loaded.');
    await this.#shelf.keep(snapshot, await this.#configuration.seal);
  }

  /** Asks the consent that holds the order how its payment stands. */
  async #inquire({ id, consent, letsGo }: Extract<OrderCommand, { type: 'inquire' }>): Promise<void> {
    if (this.#configuration === undefined) return;
    const asked = consentOf(this.env, this.#configuration, consent).ask({ type: 'inquire', letsGo });
    const reply = await within(INQUIRY_MS, asked, undefined);
    const heard = { type: 'heard', id } as const;
    if (reply?.kind === 'standing') {
      const { payment } = reply;
      return this.#happen(payment === undefined ? { ...heard, standing: 'notSent' } : { ...heard, standing: 'sent', payment });
    }
    const isGone = reply?.kind === 'failed' && reply.problem.code === 'consent_not_found';
    return this.#happen({ ...heard, standing: isGone ? 'gone' : 'failed' });
  }

  #answer({ caller, claim, payment, problem }: Extract<OrderCommand, { type: 'answer' }>): void {
    this.#waiting.get(caller)?.({ claim, ...(payment && { payment }), ...(problem && { problem }) });
    this.#waiting.delete(caller);
  }
}
