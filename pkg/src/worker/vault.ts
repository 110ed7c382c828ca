// The shell around one consent: it loads the last snapshot, calls the machine, and carries out what it says.
// It decides nothing. Each command is one line below.
import { DurableObject } from 'cloudflare:workers';
import { Consent, JsonCheck } from '../machine/workerd.js';
import type { Allowance, Command, ConsentAbout, ConsentEvent, ConsentView, Outcome, Problem, Wish } from '../generated/core.js';
import { audit, type Line } from './audit.js';
import { Body, type Content, readText, wholeText } from './body.js';
import { Callers, inTime } from './callers.js';
import { handOn, tellHost } from './events.js';
import { problem, problemOf } from './problem.js';
import { SealError } from './seal.js';
import { type Configuration, type Configured, type Env, only } from './settings.js';
import { Shelf } from './shelf.js';
import { hasCounted } from './statistics-vault.js';
import { type OrderStub, orders } from './stub.js';
import { afterFailure, type Unreadable } from './unreadable.js';

const KEPT = 'consent';
const UNREADABLE = 'unreadable';
/** For what no caller asked. */
const NOBODY = 0;

/** The bank's answer as a caller gets it. */
export interface Passed {
  status: number;
  body: Content;
  /** Of one without the customer: what is left (ACC-2). */
  budget?: Allowance;
}

/** What a caller of the vault gets: the machine's outcome, and the bank's answer with `passed`. */
export type Reply = (Exclude<Outcome, { kind: 'passed' }> & { took?: true }) | { kind: 'passed'; answer: Passed };

type Send = Extract<Command, { type: 'send' }>;

/** One consent: a Durable Object, so the only writer of its tokens in the world. */
export class ConsentVault extends DurableObject<Env> {
  readonly #shelf = new Shelf(this.ctx, KEPT);
  #configuration: Configuration | undefined;
  #machine: Consent | undefined;
  #turn: Promise<void> = Promise.resolve();
  #trail: Promise<void> = Promise.resolve();
  readonly #callers = new Callers();
  /** The bank's answers, held until the machine says whose they are. */
  #answers = new Map<number, { status: number; body: Body }>();

  /** Asks something of the consent. @hidden */
  ask(wish: Wish): Promise<Reply> {
    return this.#callers.ask((caller) => this.#happen({ ...wish, caller }));
  }

  /** What may be known of the consent, or by a stranger to it; `null` when there is none. @hidden */
  view(isStranger = false): Promise<ConsentView | Problem | null> {
    const read = inTime(this.#read(), problem('gateway_timeout'));
    return read.then((broken) => broken ?? this.#machine?.view(isStranger) ?? null);
  }

  /** Whose it is, for its host alone; `null` when there is none. @hidden */
  about(): Promise<ConsentAbout | null> {
    return inTime(this.#read(), undefined).then(() => this.#machine?.about() ?? null);
  }

  /** The journey so far, as JSON. @hidden */
  journey(): Promise<string> {
    return inTime(this.#read(), undefined).then(() => this.#machine?.journey() ?? '{"steps":[]}');
  }

  /** What this vault's consents are under: a worker's own vault knows its worker. */
  protected configured(): Configured {
    return only();
  }

  /** @hidden */
  override alarm(): Promise<void> {
    return this.#happen({ type: 'woken' });
  }

  /** Has it loaded, for whoever looks at it; what is wrong where that cannot be. */
  async #read(): Promise<Problem | undefined> {
    let broken: Problem | undefined;
    await this.#inTurn(async () => {
      broken = await this.#awake();
    });
    return broken;
  }

  /** Hands an event to the machine and carries out its commands, one event after the other. */
  #happen(event: ConsentEvent): Promise<void> {
    return this.#inTurn(async () => {
      const isAwake = this.#machine !== undefined;
      const broken = await this.#awake();
      if (broken === undefined) {
        // Whoever was taken up was woken by that: a second time would set its alarm anew.
        return isAwake || event.type !== 'woken' ? this.#handle(event) : undefined;
      }
      if (event.type === 'woken') return this.#ageUnread();
      if (event.type === 'forget') return this.#forgetUnread(event, broken);
      if ('caller' in event) this.#callers.answer(event.caller, { kind: 'failed', problem: broken });
    });
  }

  #inTurn(act: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(act).catch((error: unknown) => {
      // What could not be kept must not be acted on: start again from what was.
      this.#machine?.free();
      this.ctx.abort(error instanceof Error ? error.name : 'failed');
    });
    return this.#turn;
  }

  async #handle(event: ConsentEvent): Promise<void> {
    for (const command of this.#machine?.handle(event, Date.now()) ?? []) await this.#carryOut(command);
  }

  /** Takes up what was kept, unless that is done; what is wrong where it cannot be read. */
  async #awake(): Promise<Problem | undefined> {
    if (this.#machine !== undefined) return undefined;
    const isNoted = await this.ctx.storage.get(UNREADABLE) !== undefined;
    const [kept] = await Promise.allSettled([this.#shelf.sealed()]);
    const isEmpty = kept.status === 'fulfilled' && kept.value === undefined;
    try {
      this.#configuration = await this.configured().read(this.env);
      const seal = await this.#configuration.seal;
      if (kept.status === 'rejected') throw kept.reason;
      const sealed = kept.value;
      const snapshot = sealed && (await this.#shelf.open(sealed, seal));
      this.#machine = new Consent(this.#configuration.settings, snapshot);
    } catch (error) {
      if (!isEmpty && !isNoted) await this.#ageUnread();
      return error instanceof SealError ? problem(error.code) : problemOf(error);
    }
    if (isNoted) await this.ctx.storage.delete(UNREADABLE);
    if (!isEmpty) await this.#handle({ type: 'woken' });
    return undefined;
  }

  /** Notes that it cannot be read and has it read again, until time erases it. */
  async #ageUnread(): Promise<void> {
    const next = afterFailure(await this.ctx.storage.get<Unreadable>(UNREADABLE), Date.now());
    if (next === 'erase') return this.#forgetUnread({ type: 'forget', caller: NOBODY }, problem('internal'));
    await this.ctx.storage.put(UNREADABLE, next.note);
    await this.ctx.storage.setAlarm(next.at);
  }

  /** Forgets what cannot be read (REV-2), by a machine that knows nothing of it. */
  async #forgetUnread(event: Extract<ConsentEvent, { type: 'forget' }>, broken: Problem): Promise<void> {
    if (this.#configuration !== undefined) {
      this.#machine = new Consent(this.#configuration.settings);
      return this.#handle(event);
    }
    await this.#shelf.erase();
    this.#callers.answer(event.caller, { kind: 'failed', problem: broken });
  }

  async #carryOut(command: Command): Promise<void> {
    switch (command.type) {
      case 'keep': return this.#keep(command.snapshot);
      case 'wake': return this.#shelf.wake(command.at);
      case 'forget': return this.#shelf.erase();
      case 'send': return void this.#send(command);
      case 'claim': return void this.#claim(command);
      case 'deliver': return void this.#deliver(command);
      case 'hand': return void this.#hand(command);
      case 'count': return void this.#count(command);
      case 'answer': return this.#answer(command.caller, command.outcome, command.took);
      case 'audit': return this.#audit(command);
      default: command satisfies never;
    }
  }

  /** Asks the order whether the payment may be sent. */
  async #claim({ id, order, digest }: Extract<Command, { type: 'claim' }>): Promise<void> {
    const { claim, payment } = await this.#order(order).ask({ type: 'claimed', by: this.ctx.id.toString(), digest });
    await this.#happen({ type: 'claimed', id, claim, payment });
  }

  /** Tells the host or the order. */
  async #deliver({ id, event, order, payment }: Extract<Command, { type: 'deliver' }>): Promise<void> {
    let isDelivered = false;
    if (event !== undefined) isDelivered = await tellHost(event, this.env, this.configured().listener);
    else if (order !== undefined && payment !== undefined) {
      const told = await this.#order(order).ask({ type: 'told', by: this.ctx.id.toString(), payment });
      isDelivered = told.claim === 'granted';
    }
    await this.#happen({ type: 'noted', id, isDelivered });
  }

  /** Hands on what a sweep brought. */
  async #hand({ number, results }: Extract<Command, { type: 'hand' }>): Promise<void> {
    const isTaken = await handOn(results, this.env, this.configured().taker);
    await this.#happen({ type: 'handed', number, isTaken });
  }

  /** Has a shard count what was counted here. */
  async #count({ id, ...batch }: Extract<Command, { type: 'count' }>): Promise<void> {
    const isTaken = this.#configuration !== undefined && await hasCounted(this.env, this.#configuration, batch);
    await this.#happen({ type: 'counted', id, isTaken });
  }

  #order(name: string): OrderStub {
    if (this.#configuration === undefined) throw new TypeError('Nothing is asked before it was loaded.');
    return orders(this.env, this.#configuration)(name);
  }

  #audit({ at, kind, code }: Line): void {
    const to = this.#configuration?.settings.audit === 'queue' ? 'queue' : 'console';
    // One after the other: a trail is read in its order.
    this.#trail = this.#trail.then(() => audit({ at, kind, ...(code && { code }) }, this.ctx.id.toString(), this.env, to));
    this.ctx.waitUntil(this.#trail);
  }

  async #keep(snapshot: string): Promise<void> {
    const seal = await this.#configuration?.seal;
    if (seal === undefined) throw new TypeError('Nothing is kept before it was loaded.');
    await this.#shelf.keep(snapshot, seal);
  }

  async #send(send: Send): Promise<void> {
    const event = await this.#exchange(send, AbortSignal.timeout(send.deadlineMs));
    await this.#happen(event);
    this.#answers.get(send.id)?.body.drop();
    this.#answers.delete(send.id);
  }

  async #exchange({ id, request, passes, isWantedWhole, shows }: Send, signal: AbortSignal): Promise<ConsentEvent> {
    try {
      const { url, body = null, ...rest } = request;
      const response = await fetch(url, { ...rest, body, redirect: 'manual', signal });
      const retryAfter = response.headers.get('Retry-After') ?? undefined;
      const { status } = response;
      const answered = { type: 'answered', id, status, retryAfter } as const;
      using check = new JsonCheck();
      const isPassed = passes && response.ok;
      const isWhole = isWantedWhole && response.ok;
      const whole = isPassed || isWhole ? await Body.read(response, check, signal) : undefined;
      const read = isPassed ? whole : isWhole ? whole && wholeText(whole) : await readText(response);
      if (read === undefined) return { type: 'lost', id, loss: 'unreadable' };
      if (typeof read === 'string') return { ...answered, body: read };
      this.#answers.set(id, { status, body: read });
      const seen = shows ? { shown: read.beginning(), size: read.size } : undefined;
      return { ...answered, isWhole: read.isWhole, ...seen };
    } catch {
      return { type: 'lost', id, loss: signal.aborted ? 'timeout' : 'unreachable' };
    }
  }

  #answer(caller: number, outcome: Outcome, took = false): void {
    if (outcome.kind !== 'passed') return this.#callers.answer(caller, { ...outcome, ...(took && { took }) });
    const answer = this.#answers.get(outcome.id);
    if (answer === undefined) return this.#callers.answer(caller, { kind: 'failed', problem: problem('internal') });
    // Whoever is gone takes nothing: it is dropped with the request.
    if (!this.#callers.has(caller)) return;
    this.#answers.delete(outcome.id);
    const { status, body } = answer;
    const { budget } = outcome;
    this.#callers.answer(caller, { kind: 'passed', answer: { status, body: body.take(), ...(budget && { budget }) } });
  }
}
