/** Days as whole numbers since 1970, in UTC, so that the stub data of a date is the same whenever it is asked for. */

export const DAY = 86_400_000;

export interface CalendarDay {
  number: number;
  dayOfMonth: number;
  /** 1 is January. */
  month: number;
  /** 0 is Sunday. */
  weekday: number;
}

export function calendarDay(number: number): CalendarDay {
  const date = new Date(number * DAY);
  return { number, dayOfMonth: date.getUTCDate(), month: date.getUTCMonth() + 1, weekday: date.getUTCDay() };
}

export function dayNumber(now: number): number {
  return Math.floor(now / DAY);
}

/** A moment of a day as ISO text to the second. */
export function isoTime(number: number, secondOfDay: number): string {
  return new Date(number * DAY + secondOfDay * 1000).toISOString().replace('.000Z', 'Z');
}

/** The number of the first day of this month, or of one so many months away. */
export function firstOfMonth(now: number, months: number): number {
  const date = new Date(now);
  return dayNumber(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
}

/** The number of the first day after today that has this day of the month (1 to 28). */
export function nextOnDayOfMonth(dayOfMonth: number, now: number): number {
  let number = dayNumber(now) + 1;
  while (calendarDay(number).dayOfMonth !== dayOfMonth) number += 1;
  return number;
}

/** A number from 0 up to 1 that looks random and is always the same for the same day and salt. */
export function noise(number: number, salt: number): number {
  let hash = Math.imul(number ^ Math.imul(salt + 1, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
