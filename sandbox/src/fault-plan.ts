import type { Endpoint } from './endpoint.ts';
import { KINDS } from './fault-kinds.ts';
import { type Asked, BadRule, type FaultRule, concerns, readRule } from './fault-rule.ts';
import type { Fault } from './faults.ts';
import type { KeptValues } from './kept.ts';

/** A rule and how it stands. */
export interface PlannedRule extends FaultRule {
  /** How many calls it was for, those that it let go by included. */
  seen: number;
  /** How many of them met it. */
  met: number;
  /** How many more will; null is without end. */
  remaining: number | null;
}

/** What a plan has to know of the call that comes. */
export interface Coming {
  call: Asked;
  /** By the bank's clock. */
  at: number;
  consent: () => Promise<string | undefined>;
}

interface Counted {
  rule: FaultRule;
  seen: number;
  met: number;
}

const NAME = 'faults';
const MOST_RULES = 200;

/** Which faults the coming calls will meet. Rules are kept with their counts, so that they outlive a restart. */
export class FaultPlan {
  readonly #once = new Map<string, Fault[]>();
  readonly #always = new Map<string, Fault>();
  readonly #kept: KeptValues | undefined;
  /** Those of the settings, which each start brings again. */
  #standing: readonly FaultRule[];
  #rules: Counted[];

  constructor(kept?: KeptValues, standing: readonly FaultRule[] = []) {
    this.#kept = kept;
    this.#standing = standing;
    this.#rules = (kept?.get(NAME) as Counted[] | undefined) ?? [];
  }

  /** The next call to the endpoint meets the fault; several wait in line. */
  next<F extends Fault>(endpoint: Endpoint, fault: F): F {
    this.#once.set(endpoint, [...(this.#once.get(endpoint) ?? []), fault]);
    return fault;
  }

  /** Every call to the endpoint meets the fault, after those in line, until `clear`. */
  always<F extends Fault>(endpoint: Endpoint, fault: F): F {
    this.#always.set(endpoint, fault);
    return fault;
  }

  /** Adds a rule behind the others, in place of one with its id; throws `BadRule`. */
  add(rule: Omit<FaultRule, 'id' | 'fault'> & { id?: string; fault: FaultRule['fault'] | string }): PlannedRule;
  add(rule: unknown): PlannedRule;
  add(value: unknown): PlannedRule {
    const rule = readRule(value, () => crypto.randomUUID().slice(0, 8));
    const others = this.#rules.filter((counted) => counted.rule.id !== rule.id);
    if (others.length >= MOST_RULES) throw new BadRule([{ member: 'rule', problem: `is one more than ${MOST_RULES}` }]);
    const counted = { rule, seen: 0, met: 0 };
    this.#rules = [...others, counted];
    this.#keep();
    return planned(counted);
  }

  /** Gives whether there was such a rule. */
  remove(id: string): boolean {
    const before = this.#rules.length + this.#standing.length;
    this.#rules = this.#rules.filter(({ rule }) => rule.id !== id);
    this.#standing = this.#standing.filter((rule) => rule.id !== id);
    this.#keep();
    return this.#rules.length + this.#standing.length < before;
  }

  clear(): void {
    this.#once.clear();
    this.#always.clear();
    this.#standing = [];
    this.#rules = [];
    this.#keep();
  }

  /** The rules that hold at a time by the bank's clock, the first of which a call meets. */
  rules(at: number): PlannedRule[] {
    const standing = this.#standing.map((rule) => ({ rule, seen: 0, met: 0 }));
    return [...this.#rules.filter(({ rule }) => !isOver(rule, at)), ...standing].map(planned);
  }

  /** What this call meets: what stands in line for its endpoint, or the first rule that is for it. */
  async take({ call, at, consent }: Coming): Promise<Fault> {
    const { endpoint } = call;
    const direct = this.#once.get(endpoint)?.shift() ?? this.#always.get(endpoint);
    if (direct !== undefined) return direct;
    if (this.#rules.length === 0 && this.#standing.length === 0) return {};
    const asksConsent = this.#rules.some(({ rule }) => rule.consent !== undefined);
    const known = asksConsent ? await consent() : undefined;
    const isFor = (rule: FaultRule): boolean =>
      concerns(rule, call) && (rule.consent === undefined || rule.consent === known);
    // From here on nothing waits, so that of two calls at once one alone meets the last of a rule.
    return this.#meet(isFor, at) ?? toFault(this.#standing.find(isFor));
  }

  #meet(isFor: (rule: FaultRule) => boolean, at: number): Fault | undefined {
    const before = this.#rules;
    this.#rules = before.filter(({ rule }) => !isOver(rule, at));
    let isChanged = this.#rules.length < before.length;
    for (const counted of this.#rules.filter(({ rule }) => isFor(rule))) {
      counted.seen += 1;
      isChanged = true;
      if (!strikes(counted)) continue;
      counted.met += 1;
      if (counted.met === counted.rule.times) this.#rules = this.#rules.filter((other) => other !== counted);
      this.#keep();
      return toFault(counted.rule);
    }
    if (isChanged) this.#keep();
    return undefined;
  }

  #keep(): void {
    this.#kept?.set(NAME, this.#rules);
  }
}

/** Whether this call, the one that was seen last, is among those that meet the rule. */
function strikes({ rule: { skip = 0, probability = 1, seed = 1 }, seen }: Counted): boolean {
  return seen > skip && (probability === 1 || drawn(seed, seen) < probability);
}

/** From 0 up to but not 1, the same whenever seed and turn are: splitmix32. */
function drawn(seed: number, turn: number): number {
  let mixed = (seed + Math.imul(turn, 0x9e3779b9)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

function isOver({ until }: FaultRule, at: number): boolean {
  return until !== undefined && at >= Date.parse(until);
}

function toFault(rule: FaultRule | undefined): Fault {
  const kind = rule === undefined ? undefined : KINDS[rule.fault.kind];
  if (rule === undefined || kind === undefined) return {};
  const { kind: _, ...given } = rule.fault;
  const fault = kind.make(given);
  return { ...fault, name: `${fault.name} (${rule.fault.kind}, rule ${rule.id})` };
}

function planned({ rule, seen, met }: Counted): PlannedRule {
  return { ...rule, seen, met, remaining: rule.times === undefined ? null : rule.times - met };
}
