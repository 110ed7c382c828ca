import { type CalendarDay, noise } from './calendar.ts';

/** One thing that an account's holder does again and again, from which its transactions are made. */
export interface Habit {
  information: string;
  merchant?: { name: string; categoryCode: string };
  direction: 'Credit' | 'Debit';
  /** Smallest and largest amount, in pence. */
  pence: readonly [number, number];
  on: (day: CalendarDay, salt: number) => boolean;
}

function monthly(dayOfMonth: number): Habit['on'] {
  return (day) => day.dayOfMonth === dayOfMonth;
}

function weekly(weekday: number): Habit['on'] {
  return (day) => day.weekday === weekday;
}

/** On average one day in `days`. */
function about(days: number): Habit['on'] {
  return (day, salt) => noise(day.number, salt) < 1 / days;
}

function bill(information: string, pence: number, dayOfMonth: number): Habit {
  return { information, direction: 'Debit', pence: [pence, pence], on: monthly(dayOfMonth) };
}

function income(information: string, pence: number, dayOfMonth: number): Habit {
  return { information, direction: 'Credit', pence: [pence, pence], on: monthly(dayOfMonth) };
}

function card(name: string, categoryCode: string, pence: Habit['pence'], on: Habit['on']): Habit {
  const information = `CARD PAYMENT ${name.toUpperCase()}`;
  return { information, merchant: { name, categoryCode }, direction: 'Debit', pence, on };
}

/** By account. The merchants are invented; the codes are ISO 18245 categories. */
export const HABITS: Readonly<Record<string, { opening: number; habits: readonly Habit[] }>> = {
  '12345678': {
    opening: 184_212,
    habits: [
      income('SALARY FERNDALE DESIGN LTD', 228_450, 28),
      bill('STANDING ORDER SHARED BILLS', 95_000, 1),
      bill('STANDING ORDER RAINY DAY', 45_000, 2),
      bill('DIRECT DEBIT LARKSPUR MOBILE', 1_800, 14),
      bill('DIRECT DEBIT OAKWAY GYM', 2_950, 5),
      card('Green Basket Grocers', '5411', [1_240, 6_830], weekly(6)),
      card('Corner Loaf Bakery', '5462', [280, 960], about(4)),
      card('Copperpot Coffee', '5814', [295, 780], about(3)),
      card('Northline Trains', '4112', [640, 4_210], about(7)),
      card('The Lantern Cinema', '7832', [900, 2_600], about(18)),
      card('Marlow Books', '5942', [799, 3_150], about(21)),
      { information: 'FROM KIT SAMPLE DINNER', direction: 'Credit', pence: [1_000, 3_500], on: about(16) },
    ],
  },
  '23456789': {
    opening: 41_530,
    habits: [
      income('FROM ROBIN SAMPLE', 95_000, 1),
      income('FROM KIT SAMPLE', 95_000, 1),
      bill('STANDING ORDER RENT HAZEL COURT', 125_000, 3),
      bill('DIRECT DEBIT WESTMERE COUNCIL TAX', 16_240, 4),
      bill('DIRECT DEBIT BRIGHTWELL ENERGY', 11_875, 10),
      bill('DIRECT DEBIT CLEARBROOK WATER', 3_420, 12),
      bill('DIRECT DEBIT FIELDFARE BROADBAND', 3_200, 18),
      card('Green Basket Grocers', '5411', [2_110, 5_900], weekly(3)),
    ],
  },
  '34567890': {
    opening: 363_000,
    habits: [
      income('FROM ROBIN SAMPLE', 45_000, 2),
      { information: 'INTEREST', direction: 'Credit', pence: [1_480, 1_720], on: monthly(27) },
    ],
  },
};
