import { formatMonth, formatWeekday, londonDay } from '../dates.ts';

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
  return { day: hasOffset ? londonDay(at) : day, at };
}

/** `Saturday 28 November 2026`, and which of the last two days it is. */
export function dayInWords(day: string, now: number): string {
  const words = formatWeekday(day);
  const today = londonDay(now);
  if (day === today) return `Today, ${words}`;
  const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
  return day === yesterday ? `Yesterday, ${words}` : words;
}

/** `Nov` of `2026-11`. */
export const monthInShort = (month: string): string => formatMonth(month).slice(0, 3);

/** The month so many before this one: `2026-11` and 11 give `2025-12`. */
export function monthBefore(month: string, many: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 - many, 1)).toISOString().slice(0, 7);
}
