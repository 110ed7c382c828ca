import type { Account } from './accounts.ts';
import { type CalendarDay, DAY, calendarDay, isoTime, noise } from './calendar.ts';
import type { Habit } from './habits.ts';
import { holdingOf } from './people.ts';

/** One thing that happened on an account. How the bank shows it follows from this and the day. */
export interface Entry {
  accountId: string;
  day: number;
  secondOfDay: number;
  /** Above zero for money that came in; in the smallest unit of the account's currency. */
  minor: number;
  habit: Habit;
  /** Which of the account's habits. */
  index: number;
  salt: number;
}

type Status = 'Booked' | 'Pending';

/** One row of the bank's list. Its texts are made when they are read: most rows are on no page that is asked for. */
export class Row {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly status: Status;
  readonly entry: Entry;
  readonly #text: (entry: Entry) => string;

  constructor(entry: Entry, status: Status, { id = entryId(entry), at = momentOf(entry), text = plainText } = {}) {
    this.id = id;
    this.at = at;
    this.status = status;
    this.entry = entry;
    this.#text = text;
  }

  get bookedAt(): string {
    return isoTime(0, this.at / 1000);
  }

  get information(): string {
    return this.#text(this.entry);
  }
}

function entryId({ accountId, day, index }: Entry): string {
  return `${accountId}-${day}-${index + 1}`;
}

function momentOf({ day, secondOfDay }: Entry): number {
  return day * DAY + secondOfDay * 1000;
}

function plainText({ habit }: Entry): string {
  return habit.information;
}

/** A large stride, so that no seed's salts are another's. */
const SEED_STRIDE = 1_000_003;

/** Of the days from one to another, both included. Each seed has years of its own; 0 is the usual one. */
export function entriesOf(account: Account, { first, last }: { first: number; last: number }, seed: number): Entry[] {
  const { AccountId: accountId } = account;
  const habits = holdingOf(account)?.habits ?? [];
  const base = Number(accountId) + seed * SEED_STRIDE;
  const days = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => calendarDay(first + index));
  return days.flatMap((day) =>
    habits
      .map((habit, index) => ({ habit, index, salt: base + index * 17 }))
      .filter(({ habit, salt }) => habit.on(day, salt))
      .map((what) => ({ ...what, ...happened(what.habit, what.salt, day), accountId })),
  );
}

function happened(habit: Habit, salt: number, day: CalendarDay): Pick<Entry, 'day' | 'secondOfDay' | 'minor'> {
  return {
    day: day.number,
    // Between six in the morning and eight in the evening.
    secondOfDay: 6 * 3600 + Math.floor(noise(day.number, salt + 1) * 14 * 3600),
    minor: amount(habit, noise(day.number, salt + 2)),
  };
}

function amount({ minor: [least, most], direction }: Habit, share: number): number {
  const minor = least + Math.round(share * (most - least));
  return direction === 'Credit' ? minor : -minor;
}

/** How the bank shows an entry today; nothing while it does not show it yet. */
export function rowOf(entry: Entry, today: number): Row | undefined {
  return entry.habit.merchant === undefined ? transferRow(entry, today) : cardRow(entry, today);
}

/** Shown the day after, or, one in eight, some days later under its own date: who asks for new dates misses it. */
function transferRow(entry: Entry, today: number): Row | undefined {
  if (today < entry.day + 1 + daysLate(entry)) return undefined;
  return new Row(entry, 'Booked');
}

function daysLate({ habit, day, salt }: Entry): number {
  // Never the incomes that the others are paid from: a balance would fall below zero.
  const [least, most] = habit.minor;
  const isPrompt = habit.prompt ?? (habit.direction === 'Credit' && least === most);
  return !isPrompt && noise(day, salt + 3) < 1 / 8 ? 2 + Math.floor(noise(day, salt + 4) * 3) : 0;
}

/**
 * Pending from the day after on. Some days later it is booked: four times in five under another id, under a date up to
 * three days before it shows up, its text cut short or written on.
 */
function cardRow(entry: Entry, today: number): Row | undefined {
  const { day, salt } = entry;
  const bookedOn = day + 2 + Math.floor(noise(day, salt + 5) * 3);
  if (today <= day) return undefined;
  if (today < bookedOn) return new Row(entry, 'Pending');
  const bookingDay = Math.max(day, bookedOn - 1 - Math.floor(noise(day, salt + 6) * 3));
  const keepsId = noise(day, salt + 7) < 1 / 5;
  const id = keepsId ? entryId(entry) : bookedId(entry);
  return new Row(entry, 'Booked', { id, at: bookingDay * DAY, text: bookedText });
}

/** Nothing of it tells which pending payment it was. */
function bookedId({ accountId, day, salt }: Entry): string {
  const digits = [8, 9].map((further) => Math.floor(noise(day, salt + further) * 2 ** 32).toString(36));
  return `${accountId}-${digits.map((part) => part.padStart(7, '0')).join('')}`.toUpperCase();
}

/** Long enough to hold the beginning of any merchant's name. */
const CUT_TEXT = 22;
const SHORT_DATE = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', timeZone: 'UTC' });

function bookedText({ habit, day, salt }: Entry): string {
  if (noise(day, salt + 10) < 0.5) return habit.information.slice(0, CUT_TEXT).trimEnd();
  return `${habit.information} ON ${SHORT_DATE.format(day * DAY).toUpperCase()}`;
}
