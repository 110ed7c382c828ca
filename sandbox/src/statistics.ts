import { DAY, dayNumber } from './data/calendar.ts';
import { type Counted, type DaySum, KINDS, type Kind } from './tally.ts';

/** STA-1 in the guide's form, from what the bank has counted. */

export interface Figures {
  requests: number;
  failures: number;
  milliseconds: number;
  /** As the guide prints them; `N/A` where nothing was asked. */
  uptime: string;
  averageRequestTime: string;
  errorRate: string;
}

type OfEachKind = Readonly<Record<Kind, Figures>>;

export interface Report {
  /** ISO dates, both included. */
  from: string;
  to: string;
  summary: OfEachKind;
  days: readonly ({ date: string } & OfEachKind)[];
  /** Calls that name no consent and no kind. */
  other: { requests: number; failures: number };
}

export const METRICS = [
  { member: 'uptime', title: 'Uptime' },
  { member: 'averageRequestTime', title: 'Average Request Time' },
  { member: 'errorRate', title: 'Error Rate' },
] as const;

/** Days are whole ones since 1970, both included. */
export interface Span {
  first: number;
  last: number;
}

export interface Quarter extends Span {
  /** Such as `2026-Q4`. */
  name: string;
}

/** The quarter that a day lies in. */
export function quarterOf(day: number): Quarter {
  const date = new Date(day * DAY);
  const [year, quarter] = [date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3)];
  const first = dayNumber(Date.UTC(year, quarter * 3, 1));
  return { name: `${year}-Q${quarter + 1}`, first, last: dayNumber(Date.UTC(year, quarter * 3 + 3, 1)) - 1 };
}

/** The quarter that a text names; nothing when it names none. */
export function quarterNamed(name: string): Quarter | undefined {
  const [, year, quarter] = /^(20\d{2})-Q([1-4])$/.exec(name) ?? [];
  return year === undefined ? undefined : quarterOf(dayNumber(Date.UTC(Number(year), (Number(quarter) - 1) * 3, 1)));
}

/** Newest first, from the quarter of the last day back to that of the first. */
export function quartersBetween(first: number, last: number): Quarter[] {
  const quarters: Quarter[] = [];
  for (let quarter = quarterOf(last); quarter.last >= first; quarter = quarterOf(quarter.first - 1)) {
    quarters.push(quarter);
  }
  return quarters;
}

/** A quarter as far as it has gone. */
export function untilToday({ first, last }: Span, today: number): Span {
  return { first, last: Math.max(first, Math.min(last, today)) };
}

export function reportOf(sums: readonly DaySum[], { first, last }: Span): Report {
  const days = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const other = added(sums.filter(({ kind }) => kind === 'other'));
  const byDay = new Map<number, DaySum[]>();
  for (const sum of sums) byDay.set(sum.day, [...(byDay.get(sum.day) ?? []), sum]);
  return {
    from: isoDate(first),
    to: isoDate(last),
    summary: ofEachKind(sums),
    days: days.map((day) => ({ date: isoDate(day), ...ofEachKind(byDay.get(day) ?? []) })),
    other: { requests: other.requests, failures: other.failures },
  };
}

/** `Metric,Date,AISP,PISP,CBPII`: the guide's tables one below the other, the summary without a date. */
export function csvOf({ summary, days }: Report): string {
  const lines = METRICS.flatMap(({ member, title }) =>
    [{ date: '', ...summary }, ...days].map((row) =>
      [title, row.date, ...KINDS.map((kind) => row[kind][member])].join(','),
    ),
  );
  return `${[['Metric', 'Date', ...KINDS].join(','), ...lines].join('\r\n')}\r\n`;
}

function ofEachKind(sums: readonly DaySum[]): OfEachKind {
  const of = (counted: Counted): Figures => figures(added(sums.filter(({ kind }) => kind === counted)));
  return { AISP: of('AISP'), PISP: of('PISP'), CBPII: of('CBPII') };
}

type Sum = Omit<DaySum, 'day' | 'kind'>;

function added(sums: readonly Sum[]): Sum {
  const nothing: Sum = { requests: 0, failures: 0, microseconds: 0, minutes: 0, minutesUp: 0 };
  return sums.reduce(
    (sum, next) => ({
      requests: sum.requests + next.requests,
      failures: sum.failures + next.failures,
      microseconds: sum.microseconds + next.microseconds,
      minutes: sum.minutes + next.minutes,
      minutesUp: sum.minutesUp + next.minutesUp,
    }),
    nothing,
  );
}

function figures({ requests, failures, microseconds, minutes, minutesUp }: Sum): Figures {
  const asked = requests > 0;
  return {
    requests,
    failures,
    milliseconds: microseconds / 1000,
    uptime: asked ? percent(minutesUp / minutes) : 'N/A',
    averageRequestTime: asked ? `${(microseconds / requests / 1000).toFixed(2)} ms` : 'N/A',
    errorRate: asked ? percent(failures / requests) : 'N/A',
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}

function isoDate(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
