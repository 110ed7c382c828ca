/**
 * Durable Objects on a virtual clock: one instance in the world at a time, gone from memory when nothing happens to it,
 * made anew by the next call or alarm. Alarms are kept, ring once or, after a failure, again, sometimes late, and never
 * two at a time.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import type { VirtualClock } from './virtual-clock.ts';
import { type Cost, NOTHING, Storage } from './virtual-storage.ts';

/** Milliseconds without any event after which an instance is gone from memory. */
const IDLE_MS = 10_000;
const RETRY_MS = 2_000;
const RETRIES = 6;

type Methods = Record<string, (...given: unknown[]) => unknown>;

/** What is given to an instance. */
export interface State {
  id: ObjectId;
  storage: Storage;
  waitUntil(promise: Promise<unknown>): void;
  abort(reason?: string): void;
}

export type Make = (state: State) => object;

const running = new AsyncLocalStorage<Cell>();

/** The object whose code asks. */
export const current = (): Cell | undefined => running.getStore();

export class ObjectId {
  readonly hex: string;

  constructor(hex: string) {
    this.hex = hex;
  }

  toString(): string {
    return this.hex;
  }

  equals(other: ObjectId): boolean {
    return other.hex === this.hex;
  }
}

/** A namespace of them, as a binding. */
export class Objects {
  readonly cost: Cost = { ...NOTHING };
  /** When alarms rang, in milliseconds since 1970. */
  readonly woken: number[] = [];
  readonly #cells = new Map<string, Cell>();
  readonly #clock: VirtualClock;
  readonly #make: Make;
  readonly #late: () => number;

  /** @param late by how many milliseconds the next alarm is late */
  constructor(clock: VirtualClock, make: Make, late: () => number = () => 0) {
    this.#clock = clock;
    this.#make = make;
    this.#late = late;
  }

  idFromName(name: string): ObjectId {
    return new ObjectId(createHash('sha256').update(name).digest('hex'));
  }

  idFromString(hex: string): ObjectId {
    return new ObjectId(hex);
  }

  jurisdiction(): this {
    return this;
  }

  /** Any method of its class; what goes in and comes out is copied, as between isolates. */
  get(id: ObjectId): Methods {
    const cell = this.#cell(id);
    const call = (name: string) => (...given: unknown[]): Promise<unknown> =>
      cell.call((instance) => instance[name]?.(...(copied(given) as unknown[]))).then(copied);
    // Not a promise: whoever awaits a stub has the stub.
    return new Proxy({} as Methods, { get: (_, name) => (name === 'then' ? undefined : call(String(name))) });
  }

  getByName(name: string): Methods {
    return this.get(this.idFromName(name));
  }

  /** Those that keep something. */
  get kept(): number {
    return [...this.#cells.values()].filter(({ storage }) => !storage.isEmpty).length;
  }

  /** Those in memory. */
  get inMemory(): number {
    return [...this.#cells.values()].filter(({ isInMemory }) => isInMemory).length;
  }

  #cell(id: ObjectId): Cell {
    const known = this.#cells.get(id.hex);
    if (known !== undefined) return known;
    const cell = new Cell(id, this.#clock, { make: this.#make, late: this.#late, cost: this.cost, woken: this.woken });
    this.#cells.set(id.hex, cell);
    return cell;
  }
}

interface Surroundings {
  make: Make;
  late: () => number;
  cost: Cost;
  woken: number[];
}

/** One object: what is kept of it, and its instance while it has one. */
export class Cell {
  readonly id: ObjectId;
  readonly storage: Storage;
  readonly #clock: VirtualClock;
  readonly #around: Surroundings;
  #instance: Methods | undefined;
  /** Reject what the present instance was asked, once it is aborted. */
  #rejects = new Set<(error: Error) => void>();
  #underWay = 0;
  #lastEvent = 0;
  #isIdleAwaited = false;
  #isWaking = false;
  #ringsAgain = false;

  constructor(id: ObjectId, clock: VirtualClock, around: Surroundings) {
    this.id = id;
    this.#clock = clock;
    this.#around = around;
    this.storage = new Storage(clock, around.cost, { ring: () => void this.#wake(), late: around.late });
  }

  get isInMemory(): boolean {
    return this.#instance !== undefined;
  }

  /** Has the instance do something, in the object's own name. */
  async call(act: (instance: Methods) => unknown): Promise<unknown> {
    return this.busy(async () => {
      const instance = this.#instance ??= this.#made();
      const rejects = this.#rejects;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      rejects.add(reject);
      running.run(this, async () => act(instance)).then(resolve, reject);
      return promise.finally(() => rejects.delete(reject));
    });
  }

  /** While this goes on, the instance stays in memory. */
  async busy<T>(act: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      return await act();
    } finally {
      this.#underWay -= 1;
      this.#lastEvent = this.#clock.now;
      this.#awaitIdle();
    }
  }

  async #wake(): Promise<void> {
    if (this.#isWaking) {
      this.#ringsAgain = true;
      return;
    }
    this.#isWaking = true;
    this.#around.cost.wakes += 1;
    this.#around.woken.push(this.#clock.now);
    for (let failures = 0; ; failures += 1) {
      try {
        await this.call((instance) => instance['alarm']?.());
        break;
      } catch (error) {
        if (failures === RETRIES) throw error;
        await this.#clock.wait(RETRY_MS * 2 ** failures);
      }
    }
    this.#isWaking = false;
    if (!this.#ringsAgain) return;
    this.#ringsAgain = false;
    await this.#wake();
  }

  #made(): Methods {
    this.#around.cost.made += 1;
    const { id, storage } = this;
    const waitUntil = (promise: Promise<unknown>): void => void this.busy(() => promise.catch(() => undefined));
    const abort = (why?: string): void => this.#abort(why);
    return running.run(this, () => this.#around.make({ id, storage, waitUntil, abort })) as Methods;
  }

  #abort(why = 'aborted'): void {
    this.#instance = undefined;
    const rejects = this.#rejects;
    this.#rejects = new Set();
    for (const reject of rejects) reject(Object.assign(new Error(why), { retryable: true }));
  }

  #awaitIdle(): void {
    if (this.#isIdleAwaited || this.#underWay > 0 || this.#instance === undefined) return;
    this.#isIdleAwaited = true;
    this.#clock.at(this.#lastEvent + IDLE_MS, () => {
      this.#isIdleAwaited = false;
      const isIdle = this.#underWay === 0 && this.#clock.now >= this.#lastEvent + IDLE_MS;
      if (isIdle) this.#instance = undefined;
      else this.#awaitIdle();
    });
  }
}

/** A copy, as between isolates; a stream is handed over. */
export function copied(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return value;
  }
}
