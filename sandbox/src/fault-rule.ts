import { isObject } from './check/json.ts';
import { ENDPOINTS, type Endpoint } from './endpoint.ts';
import { KINDS, isWhole } from './fault-kinds.ts';
import type { RecordedCall } from './record.ts';

/** Which calls meet a fault, and how often, as data. */
export interface FaultRule {
  id: string;
  endpoint?: Endpoint;
  /** Of the path below the base: `*` stands for one segment, `**` for any. */
  path?: string;
  method?: string;
  /** The intent's id. */
  consent?: string;
  fault: { readonly kind: string; readonly [member: string]: number | string };
  /** How many calls meet it; afterwards the rule is gone. */
  times?: number;
  /** How many calls that it is for go by before. */
  skip?: number;
  /** Above 0, at most 1: the share of calls that meet it. Which ones follows from the seed. */
  probability?: number;
  seed?: number;
  /** A date-time on the bank's clock, at which the rule is gone. */
  until?: string;
}

/** What a rule can be held against. */
export type Asked = Pick<RecordedCall, 'endpoint' | 'path' | 'method'>;

/** What is wrong with a member of a rule, as the end of a sentence. */
export interface Problem {
  member: string;
  problem: string;
}

/** A rule that cannot be one, with every problem at once (CFG-4). */
export class BadRule extends TypeError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ member, problem }) => `${member} ${problem}`).join('; '));
    this.name = 'BadRule';
    this.problems = problems;
  }
}

const MOST = 1_000_000;

const READINGS: Readonly<Record<string, { is: string; takes: (value: unknown) => boolean }>> = {
  id: { is: 'is no name: 1 to 64 of A-Z a-z 0-9 _ -', takes: matching(/^[\w-]{1,64}$/) },
  endpoint: {
    is: `is no endpoint; they are ${ENDPOINTS.join(', ')}`,
    takes: (value) => (ENDPOINTS as readonly unknown[]).includes(value),
  },
  path: { is: 'is no path like /accounts/*/balance or /accounts/**', takes: matching(/^\/[\x21-\x7e]{0,199}$/) },
  method: { is: 'is no method like GET', takes: matching(/^[A-Z]{1,16}$/) },
  consent: { is: 'is no intent-id', takes: matching(/^[\x21-\x7e]{1,256}$/) },
  times: { is: `is no whole number from 1 to ${MOST}`, takes: (value) => isWhole(value, 1, MOST) },
  skip: { is: `is no whole number from 0 to ${MOST}`, takes: (value) => isWhole(value, 0, MOST) },
  probability: {
    is: 'is no number above 0 and up to 1',
    takes: (value) => typeof value === 'number' && value > 0 && value <= 1,
  },
  seed: { is: 'is no whole number from 0 to 4294967295', takes: (value) => isWhole(value, 0, 0xffffffff) },
  until: {
    is: 'is no date-time like 2026-11-29T21:00:00Z',
    takes: (value) => !isNaN(timeOf(value)),
  },
};

/** Reads a rule, whose id is another's choice where it brings none; throws `BadRule`. */
export function readRule(value: unknown, newId: () => string): FaultRule {
  if (!isObject(value)) throw new BadRule([{ member: 'rule', problem: 'is no JSON object' }]);
  const problems: Problem[] = [];
  const rule: Record<string, unknown> = { id: newId() };
  for (const [member, given] of Object.entries(value)) {
    if (member === 'fault') continue;
    const reading = Object.hasOwn(READINGS, member) ? READINGS[member] : undefined;
    if (reading === undefined) {
      problems.push({ member, problem: `is unknown; a rule has ${[...Object.keys(READINGS), 'fault'].join(', ')}` });
    } else if (!reading.takes(given)) problems.push({ member, problem: reading.is });
    else rule[member] = given;
  }
  const fault = readFault(value['fault'], problems);
  if (problems.length > 0) throw new BadRule(problems);
  const { times } = KINDS[fault.kind] ?? {};
  return { ...(times !== undefined && { times }), ...rule, fault } as FaultRule;
}

/** A kind's name, or an object with it and the members that the kind has; what it leaves out is filled in. */
export function readFault(value: unknown, problems: Problem[]): FaultRule['fault'] {
  const given = typeof value === 'string' ? { kind: value } : value;
  const kind = isObject(given) ? given['kind'] : undefined;
  const known = typeof kind === 'string' && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (!isObject(given) || known === undefined || typeof kind !== 'string') {
    const member = isObject(value) ? 'fault.kind' : 'fault';
    problems.push({ member, problem: `is no kind of fault; they are ${Object.keys(KINDS).join(', ')}` });
    return { kind: '' };
  }
  const fault: { kind: string; [member: string]: number | string } = { kind };
  for (const member of Object.keys(given)) {
    if (member === 'kind' || Object.hasOwn(known.members, member)) continue;
    problems.push({ member: `fault.${member}`, problem: `is unknown; ${kind} has ${namesOf(known.members)}` });
  }
  for (const [member, { is, takes, otherwise, isOptional }] of Object.entries(known.members)) {
    const value = given[member] ?? otherwise;
    if (value === undefined && isOptional) continue;
    if (takes(value)) fault[member] = value;
    else problems.push({ member: `fault.${member}`, problem: `is not ${is}` });
  }
  return fault;
}

/** Whether a rule is for this call, but for the consent. */
export function concerns({ endpoint, path, method }: FaultRule, call: Asked): boolean {
  if (endpoint !== undefined && endpoint !== call.endpoint) return false;
  if (method !== undefined && method !== call.method) return false;
  return path === undefined || globOf(path).test(call.path);
}

function globOf(path: string): RegExp {
  const pattern = path.replace(/\*\*|\*|[^\w/]/g, (found) => {
    if (found === '**') return '.*';
    return found === '*' ? '[^/]*' : `\\${found}`;
  });
  return new RegExp(`^${pattern}$`);
}

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** A date-time with its zone, in milliseconds since 1970; NaN for anything else. */
export function timeOf(value: unknown): number {
  return typeof value === 'string' && DATE_TIME.test(value) ? Date.parse(value) : NaN;
}

function matching(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value);
}

function namesOf(members: object): string {
  const names = Object.keys(members);
  return names.length === 0 ? 'no further member' : names.join(', ');
}
