/** A Durable Object's storage in memory, in strong order, and what it would be billed for. */

import type { VirtualClock, Timer } from './virtual-clock.ts';

/** What objects have cost, in the units of a bill: rows, alarms that ran, and instances that were made. */
export interface Cost {
  reads: number;
  puts: number;
  alarmsSet: number;
  deletes: number;
  wakes: number;
  made: number;
}

export const NOTHING: Cost = { reads: 0, puts: 0, alarmsSet: 0, deletes: 0, wakes: 0, made: 0 };

export class Storage {
  readonly #kept = new Map<string, unknown>();
  readonly #clock: VirtualClock;
  readonly #cost: Cost;
  readonly #ring: () => void;
  readonly #late: () => number;
  #alarm: Timer | undefined;
  #alarmAt: number | null = null;

  constructor(clock: VirtualClock, cost: Cost, { ring, late }: { ring: () => void; late: () => number }) {
    this.#clock = clock;
    this.#cost = cost;
    this.#ring = ring;
    this.#late = late;
  }

  /** One, or several as a map of those that there are. */
  async get(asked: string | string[]): Promise<unknown> {
    const names = typeof asked === 'string' ? [asked] : asked;
    this.#cost.reads += names.length;
    if (typeof asked === 'string') return structuredClone(this.#kept.get(asked));
    return this.#copied(names.filter((name) => this.#kept.has(name)));
  }

  async put(name: string | Record<string, unknown>, value?: unknown): Promise<void> {
    const entries = typeof name === 'string' ? [[name, value] as const] : Object.entries(name);
    this.#cost.puts += entries.length;
    for (const [of, kept] of entries) this.#kept.set(of, structuredClone(kept));
  }

  /** From one name on, up to but not another, in their order. */
  async list(range: { start?: string; end?: string; limit?: number }): Promise<Map<string, unknown>> {
    const { start = '', end, limit = Infinity } = range;
    const names = [...this.#kept.keys()].filter((name) => name >= start && (end === undefined || name < end)).sort();
    this.#cost.reads += Math.min(names.length, limit);
    return this.#copied(names.slice(0, limit));
  }

  async delete(name: string | string[]): Promise<void> {
    const names = typeof name === 'string' ? [name] : name;
    this.#cost.deletes += names.length;
    for (const one of names) this.#kept.delete(one);
  }

  async deleteAll(): Promise<void> {
    this.#cost.deletes += this.#kept.size;
    this.#kept.clear();
  }

  async sync(): Promise<void> {
    // What was put is durable already.
  }

  async getAlarm(): Promise<number | null> {
    this.#cost.reads += 1;
    return this.#alarmAt;
  }

  async setAlarm(at: number): Promise<void> {
    this.#cost.alarmsSet += 1;
    this.#set(at);
  }

  async deleteAlarm(): Promise<void> {
    this.#cost.deletes += 1;
    this.#stop();
  }

  get isEmpty(): boolean {
    return this.#kept.size === 0 && this.#alarmAt === null;
  }

  /** When the alarm is to ring, with none of it billed. */
  get alarmAt(): number | null {
    return this.#alarmAt;
  }

  #copied(names: string[]): Map<string, unknown> {
    return new Map(names.map((name) => [name, structuredClone(this.#kept.get(name))]));
  }

  #set(at: number): void {
    this.#stop();
    this.#alarmAt = at;
    this.#alarm = this.#clock.at(at + this.#late(), () => {
      this.#alarmAt = null;
      this.#ring();
    });
  }

  #stop(): void {
    if (this.#alarm !== undefined) this.#alarm.isOver = true;
    this.#alarmAt = null;
  }
}
