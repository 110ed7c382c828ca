import { DAY, dayNumber } from '../data/calendar.ts';
import { Refusal, invalidRequest, quoted } from '../refusal.ts';

/** How long after the exchange of the code the whole history is given, and how far back afterwards. */
export const FULL_HISTORY_FOR = 300_000;
export const LATER_HISTORY_DAYS = 90;

export interface Period {
  /** Milliseconds since 1970, both included. */
  from: number;
  to: number;
}

export const ALWAYS: Period = { from: 0, to: Number.MAX_SAFE_INTEGER };

const FILTERS = ['fromBookingDateTime', 'toBookingDateTime'] as const;

/** The filters as they were written; empty when there are none. */
export function filtersOf(query: URLSearchParams): string {
  return new URLSearchParams([...query].filter(([name]) => (FILTERS as readonly string[]).includes(name))).toString();
}

/** Which transactions are asked for, and may be given: without a beginning, as many as may be. */
export function readPeriod(query: URLSearchParams, exchangedAt: number | null, now: number): Period {
  const isFull = exchangedAt !== null && now < exchangedAt + FULL_HISTORY_FOR;
  const earliest = isFull ? ALWAYS.from : (dayNumber(now) - LATER_HISTORY_DAYS) * DAY;
  const from = momentOf(query, FILTERS[0])?.first;
  const to = momentOf(query, FILTERS[1])?.last;
  if (from !== undefined && to !== undefined && from > to) {
    const [came, until] = [from, to].map((time) => new Date(time).toISOString());
    const told = { expected: `a toBookingDateTime not before ${came}`, came: `${until}` };
    throw invalidRequest('ACC-3', 'The toBookingDateTime is before the fromBookingDateTime; exchange them.', told);
  }
  if (from !== undefined && from < earliest) throw tooFarBack(earliest, from);
  return { from: from ?? earliest, to: to ?? ALWAYS.to };
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/;

/** A day is all of it, in UTC; so is a time without an offset. */
function momentOf(query: URLSearchParams, name: string): { first: number; last: number } | undefined {
  const [value, ...others] = query.getAll(name);
  if (value === undefined) return undefined;
  // A "+" that nobody encoded has become a space.
  const text = value.replace(/ (?=\d{2}:\d{2}$)/, '+');
  const isDate = DATE.test(text);
  const first = Date.parse(isDate || /(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
  if (others.length > 0 || !(isDate || DATE_TIME.test(text)) || Number.isNaN(first)) {
    const came = quoted(others.length > 0 ? [value, ...others] : value);
    const told = { expected: 'one ISO 8601 date or date-time', came };
    throw invalidRequest('ACC-3', `The ${name} is ${quoted(value)}; send one ISO 8601 date or date-time.`, told);
  }
  return { first, last: isDate ? first + DAY - 1 : first };
}

function tooFarBack(earliest: number, from: number): Refusal {
  const [since, came] = [earliest, from].map((time) => new Date(time).toISOString().slice(0, 10));
  const description =
    `The fromBookingDateTime is further back than ${LATER_HISTORY_DAYS} days. All history is given in the ` +
    `5 minutes after the code was exchanged; ask now from ${since} on, or for a new consent.`;
  const told = { expected: `${since} or later`, came: `${came}` };
  return new Refusal(403, 'history_limited', description, { rule: 'ACC-3', blameless: true, ...told });
}
