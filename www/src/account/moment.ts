// The banks behind the gateway are British: a booking at midnight in London stays on its day wherever it is read.
const timeZone = 'Europe/London';
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone });
const HEADING = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const SHORT_MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });

const WRITTEN = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d\S*))?$/;
const OFFSET = /(?:z|[+-]\d\d:?\d\d)$/i;

/** What a bank's date says: the day in London, such as `2026-11-28`, and a number by which moments are put in order. */
export interface Moment {
  day: string;
  at: number;
}

/** Reads a date, with a time or without; one without an offset is of London's day as it is written. */
export function readMoment(text: string | undefined): Moment | undefined {
  const [, day, time] = WRITTEN.exec(text?.trim() ?? '') ?? [];
  if (day === undefined) return undefined;
  const hasOffset = time !== undefined && OFFSET.test(time);
  const at = Date.parse(time === undefined ? day : `${day}T${time}${hasOffset ? '' : 'Z'}`);
  if (Number.isNaN(at)) return undefined;
  return { day: hasOffset ? DAY.format(at) : day, at };
}

/** London's day at this moment. */
export const today = (now: number): string => DAY.format(now);

/** `Saturday 28 November 2026`, and which of the last two days it is. */
export function dayInWords(day: string, now: number): string {
  const words = HEADING.format(Date.parse(day)).replace(',', '');
  if (day === today(now)) return `Today, ${words}`;
  const yesterday = new Date(Date.parse(today(now)) - 86_400_000).toISOString().slice(0, 10);
  return day === yesterday ? `Yesterday, ${words}` : words;
}

/** `November 2026` of `2026-11`. */
export const monthInWords = (month: string): string => MONTH.format(Date.parse(`${month}-01`));

/** `Nov` of `2026-11`. */
export const monthInShort = (month: string): string => SHORT_MONTH.format(Date.parse(`${month}-01`)).slice(0, 3);

/** The month so many before this one: `2026-11` and 11 give `2025-12`. */
export function monthBefore(month: string, many: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 - many, 1)).toISOString().slice(0, 7);
}
