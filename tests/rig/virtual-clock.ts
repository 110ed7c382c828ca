/**
 * Time that passes when a test says so: `Date`, timers and deadlines go by it. It moves on once all code waits for it
 * to, so whatever that code asks for has to be computed at once, cryptography too.
 */

import { setImmediate as turn } from 'node:timers/promises';
import { SUBTLE } from './virtual-subtle.ts';

/** One that was set, or is done with. */
class Timer {
  isOver = false;
  readonly at: number;
  readonly order: number;
  readonly ring: () => void;

  constructor(at: number, order: number, ring: () => void) {
    this.at = at;
    this.order = order;
    this.ring = ring;
  }

  /** Node's own have these, and libraries call them. */
  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

export type { Timer };

export class VirtualClock implements Disposable {
  #now: number;
  #set = 0;
  /** A heap: the first is the next to ring. */
  readonly #timers: Timer[] = [];
  readonly #restore: (() => void)[] = [];

  constructor(now: number) {
    this.#now = now;
  }

  get now(): number {
    return this.#now;
  }

  /** Has all code of this process go by this clock, until it is disposed of. */
  install(): this {
    const clock = this;
    const TrueDate = Date;
    const VirtualDate = class extends TrueDate {
      constructor(...given: unknown[]) {
        super(...((given.length === 0 ? [clock.now] : given) as [number]));
      }

      static override now(): number {
        return clock.now;
      }
    };
    this.replace(globalThis, 'Date', VirtualDate);
    this.replace(globalThis, 'setTimeout', (ring: (...given: unknown[]) => void, wait = 0, ...given: unknown[]) =>
      this.in(wait, () => ring(...given)));
    this.replace(globalThis, 'clearTimeout', (timer?: Timer) => {
      if (timer !== undefined) timer.isOver = true;
    });
    this.replace(AbortSignal, 'timeout', (wait: number) => {
      const control = new AbortController();
      this.in(wait, () => control.abort(new DOMException('The deadline has passed.', 'TimeoutError')));
      return control.signal;
    });
    this.replace(crypto, 'subtle', SUBTLE);
    return this;
  }

  [Symbol.dispose](): void {
    for (const restore of this.#restore.splice(0).reverse()) restore();
  }

  /** Rings once, in so many milliseconds. */
  in(wait: number, ring: () => void): Timer {
    return this.at(this.#now + Math.max(0, wait), ring);
  }

  /** Rings once, at a moment in milliseconds since 1970, or now where that is past. */
  at(moment: number, ring: () => void): Timer {
    const timer = new Timer(Math.max(Math.ceil(moment), this.#now), (this.#set += 1), ring);
    this.#push(timer);
    return timer;
  }

  /** A wait by this clock. */
  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => void this.in(milliseconds, resolve));
  }

  /** Lets time pass up to a moment, and each timer ring at its own. */
  async runUntil(moment: number): Promise<void> {
    await this.#settle();
    for (let next = this.#next(moment); next !== undefined; next = this.#next(moment)) {
      this.#now = next.at;
      next.isOver = true;
      next.ring();
      await this.#settle();
    }
    this.#now = moment;
  }

  /** Until nothing goes on without time passing. */
  async #settle(): Promise<void> {
    for (let quiet = 0; quiet < 2; quiet += 1) await turn();
  }

  /** Puts something else in place of what the process has, until the clock is disposed of. */
  replace(holder: object, name: string, value: unknown): void {
    const before = Object.getOwnPropertyDescriptor(holder, name);
    Object.defineProperty(holder, name, { value, configurable: true, writable: true });
    this.#restore.push(() => {
      if (before === undefined) Reflect.deleteProperty(holder, name);
      else Object.defineProperty(holder, name, before);
    });
  }

  /** The next that rings by then. */
  #next(moment: number): Timer | undefined {
    for (let [first] = this.#timers; first !== undefined && first.at <= moment; [first] = this.#timers) {
      this.#pop();
      if (!first.isOver) return first;
    }
    return undefined;
  }

  #push(timer: Timer): void {
    const heap = this.#timers;
    let at = heap.push(timer) - 1;
    for (let parent = (at - 1) >> 1; at > 0 && isBefore(timer, heap[parent]); parent = (at - 1) >> 1) {
      heap[at] = heap[parent] as Timer;
      at = parent;
    }
    heap[at] = timer;
  }

  #pop(): void {
    const heap = this.#timers;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      const other = heap[child + 1];
      if (other !== undefined && isBefore(other, heap[child])) child += 1;
      if (!isBefore(heap[child] as Timer, last)) break;
      heap[at] = heap[child] as Timer;
      at = child;
    }
    heap[at] = last;
  }
}

const isBefore = (one: Timer, other: Timer | undefined): boolean =>
  other !== undefined && (one.at < other.at || (one.at === other.at && one.order < other.order));
