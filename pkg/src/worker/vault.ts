// The shell around one consent: it loads the last snapshot, calls the machine, and carries out what it says.
// It decides nothing. Each command is one line below.
import { DurableObject } from 'cloudflare:workers';
import { Consent } from '../machine/workerd.js';
import { type Command, type ConsentEvent, type ConsentView, LIMITS, type Outcome, type Problem, type Wish } from '../generated/core.js';
import { problem, problemOf } from './problem.js';
import { SealError } from './seal.js';
import { type Configuration, type Configured, type Env, only } from './settings.js';

const KEPT = 'consent';
const DAY_MS = 24 * 60 * 60 * 1000;

/** The gateway's answer, held until the machine says whose it is. */
export interface Passed {
  status: number;
  contentType: string | null;
  body: string;
}

/** What a caller of the vault gets: the machine's outcome, and the bank's answer with `passed`. */
export type Reply = Exclude<Outcome, { kind: 'passed' }> | { kind: 'passed'; answer: Passed };

type Send = Extract<Command, { type: 'send' }>;

/** One consent: a Durable Object, so the only writer of its tokens in the world. */
export class ConsentVault extends DurableObject<Env> {
  #configuration!: Configuration;
  #machine: Consent | undefined;
  #broken: Problem | undefined;
  #turn: Promise<void> = Promise.resolve();
  #callers = new Map<number, (reply: Reply) => void>();
  #lastCaller = 0;
  #answers = new Map<number, Passed>();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    void ctx.blockConcurrencyWhile(() => this.#load());
  }

  /** Asks something of the consent. */
  async ask(wish: Wish): Promise<Reply> {
    if (this.#broken !== undefined) return { kind: 'failed', problem: this.#broken };
    const caller = (this.#lastCaller += 1);
    const reply = new Promise<Reply>((resolve) => this.#callers.set(caller, resolve));
    await this.#happen({ ...wish, caller });
    return reply;
  }

  /** What may be known of the consent; `null` when there is none. */
  async view(): Promise<ConsentView | Problem | null> {
    await this.#turn;
    return this.#broken ?? this.#machine?.view() ?? null;
  }

  /** The journey so far, as JSON. */
  async journey(): Promise<string> {
    await this.#turn;
    return this.#machine?.journey() ?? '{"steps":[]}';
  }

  /** What this vault's consents are under: a worker's own vault knows its worker. */
  protected configured(): Configured {
    return only();
  }

  override async alarm(): Promise<void> {
    // What cannot be read today may be tomorrow, under the right key; its end must not be missed then.
    if (this.#broken !== undefined) return this.ctx.storage.setAlarm(Date.now() + DAY_MS);
    await this.#happen({ type: 'woken' });
  }

  async #load(): Promise<void> {
    try {
      this.#configuration = this.configured().read(this.env);
      const sealed = await this.ctx.storage.get<Uint8Array<ArrayBuffer>>(KEPT);
      const seal = await this.#configuration.seal;
      const snapshot = sealed && (await seal.open(sealed, this.ctx.id.toString()));
      this.#machine = new Consent(this.#configuration.settings, snapshot);
      if (snapshot !== undefined) void this.#happen({ type: 'woken' });
    } catch (error) {
      this.#broken = error instanceof SealError ? problem(error.code) : problemOf(error);
    }
  }

  /** Hands an event to the machine and carries out its commands, one event after the other. */
  #happen(event: ConsentEvent): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      for (const command of this.#machine?.handle(event, Date.now()) ?? []) await this.#carryOut(command);
    }).catch((error: unknown) => {
      // What could not be kept must not be acted on: start again from what was.
      this.#machine?.free();
      this.ctx.abort(error instanceof Error ? error.name : 'failed');
    });
    return this.#turn;
  }

  async #carryOut(command: Command): Promise<void> {
    switch (command.type) {
      case 'keep': return this.#keep(command.snapshot);
      case 'wake': return command.at === undefined ? this.ctx.storage.deleteAlarm() : this.ctx.storage.setAlarm(command.at);
      case 'forget': return this.ctx.storage.deleteAll();
      case 'send': return void this.#send(command);
      case 'answer': return this.#answer(command.caller, command.outcome);
      default: command satisfies never;
    }
  }

  async #keep(snapshot: string): Promise<void> {
    const seal = await this.#configuration.seal;
    await this.ctx.storage.put(KEPT, await seal.seal(snapshot, this.ctx.id.toString()));
    await this.ctx.storage.sync();
  }

  async #send({ id, request, deadlineMs }: Send): Promise<void> {
    const event = await this.#exchange(id, request, AbortSignal.timeout(deadlineMs));
    await this.#happen(event);
    this.#answers.delete(id);
  }

  async #exchange(id: number, request: Send['request'], signal: AbortSignal): Promise<ConsentEvent> {
    try {
      const { url, body = null, ...rest } = request;
      const response = await fetch(url, { ...rest, body, redirect: 'manual', signal });
      const retryAfter = response.headers.get('Retry-After') ?? undefined;
      const text = await readText(response);
      if (text === undefined) return { type: 'lost', id, loss: 'unreadable' };
      this.#answers.set(id, { status: response.status, contentType: response.headers.get('Content-Type'), body: text });
      return { type: 'answered', id, status: response.status, retryAfter, body: text };
    } catch {
      return { type: 'lost', id, loss: signal.aborted ? 'timeout' : 'unreachable' };
    }
  }

  #answer(caller: number, outcome: Outcome): void {
    const resolve = this.#callers.get(caller);
    this.#callers.delete(caller);
    const answer = outcome.kind === 'passed' ? this.#answers.get(outcome.id) : undefined;
    resolve?.(outcome.kind !== 'passed' ? outcome : answer ? { kind: 'passed', answer } : { kind: 'failed', problem: problem('internal') });
  }
}

/** A body as text; `undefined` when it is too large or no UTF-8. */
async function readText(response: Response): Promise<string | undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text = '';
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > LIMITS.answer) return undefined;
    try {
      text += decoder.decode(chunk, { stream: true });
    } catch {
      return undefined;
    }
  }
  try {
    return text + decoder.decode();
  } catch {
    return undefined;
  }
}
