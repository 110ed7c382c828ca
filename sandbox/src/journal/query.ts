import { ENDPOINTS } from '../endpoint.ts';
import { invalidRequest } from '../refusal.ts';
import { type Entry, MOST_AT_ONCE, type Query, VERDICTS } from './journal.ts';

const TEXTS = { intent: 'intentId', app: 'app', rule: 'rule' } as const;
const NUMBERS = ['after', 'before', 'limit'] as const;
const KNOWN: readonly string[] = [...Object.keys(TEXTS), ...NUMBERS, 'endpoint', 'verdict'];

/** What a query string asks the journal for; a member that is empty asks for nothing. */
export function readQuery(search: URLSearchParams): Query {
  const unknown = [...search.keys()].find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) throw bad(unknown, `is unknown; there are ${KNOWN.join(', ')}`);
  const query: Record<string, string | number> = {};
  for (const [name, member] of Object.entries(TEXTS)) {
    const value = search.get(name) ?? '';
    if (value !== '') query[member] = value;
  }
  for (const name of NUMBERS) {
    const value = search.get(name) ?? '';
    if (value === '') continue;
    if (!/^\d{1,15}$/.test(value)) throw bad(name, 'is no whole number');
    query[name] = Number(value);
  }
  if (query['limit'] === 0) throw bad('limit', `is no whole number from 1 to ${MOST_AT_ONCE}`);
  for (const [name, words] of [['endpoint', ENDPOINTS], ['verdict', VERDICTS]] as const) {
    const value = search.get(name) ?? '';
    if (value === '') continue;
    if (!(words as readonly string[]).includes(value)) throw bad(name, `is none of ${words.join(', ')}`);
    query[name] = value;
  }
  return query as Query;
}

/** Whether a call is one that the query asks for. */
export function matches(entry: Entry, { intentId, app, endpoint, rule, verdict }: Query): boolean {
  if (intentId !== undefined && entry.intentId !== intentId) return false;
  if (app !== undefined && entry.app !== app) return false;
  if (endpoint !== undefined && entry.endpoint !== endpoint) return false;
  if (rule !== undefined && entry.refusal?.rule !== rule) return false;
  if (verdict === undefined) return true;
  switch (verdict) {
    case 'refused':
      return entry.refusal !== null;
    case 'failed':
      return isFailed(entry);
    case 'fault':
      return entry.fault !== null;
    case 'answered':
      return entry.refusal === null && !isFailed(entry);
  }
}

export function isFailed({ status }: Pick<Entry, 'status'>): boolean {
  return status === 0 || status >= 500;
}

/** What became of a call, in words. */
export function verdictOf({ status, refusal, fault }: Entry): string {
  const met = fault === null ? '' : `; fault: ${fault}`;
  if (refusal !== null) return `refused by ${refusal.rule}, ${refusal.error}${met}`;
  if (status === 0) return `no whole answer${met}`;
  return `${status >= 400 ? 'failed' : 'answered'}${met}`;
}

function bad(name: string, problem: string) {
  return invalidRequest('CFG-4', `The parameter ${name} ${problem}.`);
}
