/**
 * Writes the labelled pairs of transactions, always the same: `node tests/vectors/transactions/generate.ts`. A purchase
 * is made at a shop, the bank shows it as pending, and later as booked under another id; how it changes time and text is
 * the bank's habit. The code knows nothing of how pairs are matched.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Purchase {
  readonly shop: string;
  readonly pence: number;
  /** Seconds since 1970. */
  readonly at: number;
  readonly currency?: string;
  readonly isCredit?: boolean;
  readonly account?: string;
}

interface Row {
  readonly status: 'Pending' | 'Booked';
  readonly id: string;
  readonly time: string;
  readonly text: string;
  readonly merchant?: string | undefined;
  readonly reference?: string | undefined;
}

export interface Pair {
  readonly kind: string;
  readonly same: boolean;
  readonly rows: readonly [object, object];
}

const DAY = 86_400;
const SHOPS = [
  'Pret A Manger', 'Tesco Stores', 'Sainsburys', 'Costa Coffee', 'Transport for London', 'Amazon Marketplace', 'Boots',
  'Marks & Spencer', 'Café Müller', 'Blue Bottle Coffee', 'Uber Trip', 'Trainline', 'Greggs', 'Waterstones', 'Odeon Cinemas',
  'The Hazel & Oak', 'Deliveroo', 'Spotify', 'Netflix.com', 'Shell Kingsway', 'IKEA Wembley', 'Wagamama', 'H & M', 'B&Q',
  'Larkspur Mobile', 'Oakway Gym', 'Fieldfare Broadband', 'National Trust', 'Dishoom', 'Nando\'s',
];
const PLACES = ['LONDON', 'LONDON GB', 'MANCHESTER GBR', 'LEEDS', '+442071234567', 'INTERNET GB', 'BRISTOL BS1'];
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** Numbers from 0 to 1 by mulberry32, always the same. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = numbers(9);
const below = (count: number): number => Math.floor(random() * count);
const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
const chance = (share: number): boolean => random() < share;

const two = (number: number): string => String(number).padStart(2, '0');
const iso = (at: number): string => new Date(at * 1000).toISOString().replace('.000Z', 'Z');
const dateOf = (at: number): string => iso(at).slice(0, 10);
const midnight = (at: number): number => at - (at % DAY);
const id = (): string => `${Math.floor(random() * 2 ** 48).toString(16)}${two(below(100))}`;

/** The day on which the bank's books take it, so many working days on. */
function workingDay(at: number, days: number): number {
  let day = midnight(at);
  for (let left = days; left > 0;) {
    day += DAY;
    const weekday = new Date(day * 1000).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return day;
}

/** A purchase by day: a shop is open from 7 to 22, at whatever second. */
function purchase(): Purchase {
  const day = Date.UTC(2026, below(12), 1 + below(28)) / 1000;
  const at = day + 7 * 3600 + below(15 * 3600);
  // No quarter of an hour, which a person hits once in 900 times, and the tests by luck.
  return { shop: pick(SHOPS), pence: 50 + below(9_950), at: at % 900 === 0 ? at + 7 : at };
}

/** How the text of a booked row differs from that of the pending one. */
const TEXTS: ReadonlyArray<(shop: string) => string> = [
  (shop) => shop,
  (shop) => shop.toUpperCase(),
  (shop) => shop.toLowerCase(),
  (shop) => `${shop.toUpperCase()}  ${pick(PLACES)}`,
  (shop) => shop.toUpperCase().replaceAll(' ', '  '),
  (shop) => shop.toUpperCase().replaceAll(' ', ''),
  (shop) => `CARD PAYMENT TO ${shop.toUpperCase()}`,
  (shop) => `${shop.toUpperCase()} CD ${1000 + below(9000)}`,
  (shop) => `${shop.toUpperCase()} ${1000 + below(9000)}`,
  (shop) => (shop.length > 12 ? shop.toUpperCase().slice(0, 11 + below(shop.length - 11)).trim() : shop.toUpperCase()),
  (shop) => `SQ *${shop}`,
  (shop) => `VIS ${shop.toUpperCase()} ${pick(PLACES)}`,
];
const PENDING_TEXTS: ReadonlyArray<(shop: string) => string> = [
  (shop) => shop, (shop) => shop.toUpperCase(), (shop) => `PENDING: ${shop}`, (shop) => `${shop.toUpperCase()} 3297`,
];

const dated = (shop: string, at: number): string => {
  const [year, month, day] = dateOf(at).split('-') as [string, string, string];
  return `${shop.toUpperCase()} ${pick([
    `${day}${MONTHS[Number(month) - 1]}`, `ON ${day} ${MONTHS[Number(month) - 1]}`, `ON ${day}-${month}-${year}`,
    `${day}${MONTHS[Number(month) - 1]}${year.slice(2)}`,
  ])}`;
};

const rowOf = (status: Row['status'], time: string, text: string, more: Partial<Row> = {}): Row =>
  ({ status, id: id(), time, text, ...more });

const pendingOf = ({ shop, at }: Purchase): Row => rowOf('Pending', iso(at), pick(PENDING_TEXTS)(shop));

/** What a bank does with time and text when it books. */
const HABITS: Readonly<Record<string, { share: number; book: (bought: Purchase, pending: Row) => Row }>> = {
  'keeps the time': { share: 8, book: ({ shop, at }) => rowOf('Booked', iso(at), pick(TEXTS)(shop)) },
  'keeps it to the minute': { share: 3, book: ({ shop, at }) => rowOf('Booked', iso(at - (at % 60)), pick(TEXTS)(shop)) },
  'is some seconds off': { share: 3, book: ({ shop, at }) => rowOf('Booked', iso(at + below(120)), pick(TEXTS)(shop)) },
  'forgets the offset': { share: 3, book: ({ shop, at }) => rowOf('Booked', iso(at + 3600), pick(TEXTS)(shop)) },
  'writes an offset': {
    share: 3,
    book: ({ shop, at }) => rowOf('Booked', `${iso(at + 3600).slice(0, 19)}+01:00`, pick(TEXTS)(shop)),
  },
  'keeps the date alone': { share: 4, book: ({ shop, at }) => rowOf('Booked', dateOf(at), pick(TEXTS)(shop)) },
  'puts it at midnight': { share: 4, book: ({ shop, at }) => rowOf('Booked', iso(midnight(at)), pick(TEXTS)(shop)) },
  'books on the next working day': {
    share: 10, book: ({ shop, at }) => rowOf('Booked', iso(workingDay(at, 1)), pick(TEXTS)(shop)),
  },
  'books in the night after': {
    share: 4,
    book: ({ shop, at }) => rowOf('Booked', iso(workingDay(at, 1) + 3600 + below(4 * 3600)), pick(TEXTS)(shop)),
  },
  'books later and writes the date of the purchase': {
    share: 6, book: ({ shop, at }) => rowOf('Booked', iso(midnight(at) + DAY * below(6)), dated(shop, at)),
  },
  'keeps a reference': {
    share: 4,
    book: ({ shop, at }, { reference }) =>
      rowOf('Booked', iso(midnight(at) + DAY * below(6)), pick(TEXTS)(shop), { reference }),
  },
  'names the shop in a member of its own': {
    share: 4, book: ({ shop, at }) => rowOf('Booked', iso(workingDay(at, 1)), 'CARD PURCHASE', { merchant: shop }),
  },
  'keeps the id': {
    share: 3, book: ({ at }, pending) => rowOf('Booked', iso(midnight(at) + 3 * DAY), 'CARD PURCHASE', { id: pending.id }),
  },
  // What is given up, so that no other purchase of the same price is taken for it.
  'books days later without a word': {
    share: 1, book: ({ shop, at }) => rowOf('Booked', iso(workingDay(at, 2 + below(2))), pick(TEXTS)(shop)),
  },
  'books under the owner’s name': {
    share: 1, book: ({ at }) => rowOf('Booked', iso(workingDay(at, 1)), 'HOLDINGS RETAIL UK LTD'),
  },
};

/** The row as a bank of either shape sends it. */
function sent(row: Row, bought: Purchase, isWrapped: boolean): object {
  const amount = (bought.pence / 100).toFixed(2);
  const currency = bought.currency ?? 'GBP';
  const direction = bought.isCredit === true ? 'Credit' : 'Debit';
  const common = {
    AccountId: bought.account ?? '12345678', TransactionId: row.id, TransactionReference: row.reference,
    Status: row.status, BookingDateTime: row.time, TransactionInformation: row.text,
  };
  return isWrapped
    ? {
      ...common, Amount: { Amount: amount, Currency: currency }, CreditDebitIndicator: direction,
      MerchantDetails: row.merchant === undefined ? undefined : { MerchantName: row.merchant },
    }
    : { ...common, Amount: amount, Currency: currency, CreditDebit: direction, MerchantName: row.merchant };
}

function pairOf(kind: string, same: boolean, a: [Row, Purchase], b: [Row, Purchase]): Pair {
  const isWrapped = chance(0.5);
  return { kind, same, rows: [sent(...a, isWrapped), sent(...b, isWrapped)] };
}

function positives(): Pair[] {
  return Object.entries(HABITS).flatMap(([kind, { share, book }]) => Array.from({ length: share * 8 }, () => {
    const bought = purchase();
    const pending = { ...pendingOf(bought), reference: chance(0.2) || kind === 'keeps a reference' ? id() : undefined };
    return pairOf(`the bank ${kind}`, true, [pending, bought], [book(bought, pending), bought]);
  }));
}

/** Another purchase than the pending one, and how the bank books it. */
type Other = (bought: Purchase) => [Purchase, Row?];

const booked = (at: number, shop: string): Row => rowOf('Booked', iso(at), pick(TEXTS)(shop));
const otherShop = (shop: string): string => SHOPS[(SHOPS.indexOf(shop) + 1 + below(SHOPS.length - 2)) % SHOPS.length] as string;

const OTHERS: Readonly<Record<string, Other>> = {
  'another shop, the same amount': (bought) => [{ ...bought, shop: otherShop(bought.shop) }],
  'another amount': (bought) => [{ ...bought, pence: bought.pence + 1 + below(500) }],
  'a hold that settled at another amount': (bought) => [{ ...bought, pence: Math.ceil(bought.pence * 1.2) }],
  'another currency': (bought) => [{ ...bought, currency: 'EUR' }],
  'a refund': (bought) => [{ ...bought, isCredit: true, at: bought.at + below(3) * DAY }],
  'another account': (bought) => [{ ...bought, account: '23456789' }],
  'the next day, at its own time': (bought) => [{ ...bought, at: bought.at + DAY + 600 + below(1800) }],
  'the day before, at its own time': (bought) => [{ ...bought, at: bought.at - DAY + 600 + below(1800) }],
  // The shop is shut at 22.
  'the same day, at its own time': (bought) => {
    const apart = (bought.at % DAY < 15 * 3600 ? 1 : -1) * (4 * 3600 + 1_800 + below(900));
    return [{ ...bought, at: bought.at + apart }];
  },
  'the next day, with its date in the text': (bought) =>
    [bought, rowOf('Booked', iso(midnight(bought.at) + 2 * DAY), dated(bought.shop, bought.at + DAY))],
  'booked two working days on': (bought) => {
    const day = workingDay(workingDay(bought.at, 1), 1);
    return [bought, booked(day, bought.shop)];
  },
  'booked before it was made': (bought) => [bought, booked(midnight(bought.at) - DAY * (1 + below(9)), bought.shop)],
  'a week later': (bought) => [bought, booked(midnight(bought.at) + 7 * DAY, bought.shop)],
  'a standing order’s next month': (bought) =>
    [bought, rowOf('Booked', iso(midnight(bought.at) + (28 + below(4)) * DAY), pick(TEXTS)(bought.shop))],
  'a fee of the same amount': (bought) =>
    [bought, rowOf('Booked', iso(workingDay(bought.at, 1)), `${bought.shop.toUpperCase()} NON-STERLING FEE`)],
  'another order of the same amount': (bought) =>
    [bought, rowOf('Booked', iso(workingDay(bought.at, 1)), `${bought.shop.toUpperCase()} ORDER ${100_000 + below(9)}`)],
  'two that are pending': (bought) => [bought, { ...pendingOf(bought) }],
};

function negatives(): Pair[] {
  return Object.entries(OTHERS).flatMap(([kind, other]) => Array.from({ length: 24 }, () => {
    const bought = purchase();
    const [another, row] = other(bought);
    const pending = kind === 'another order of the same amount'
      ? rowOf('Pending', iso(bought.at), `${bought.shop.toUpperCase()} ORDER ${200_000 + below(9)}`)
      : pendingOf(bought);
    const habits = [HABITS['keeps the time'], HABITS['is some seconds off'], HABITS['writes an offset']];
    return pairOf(kind, false, [pending, bought], [row ?? pick(habits)!.book(another, pending), another]);
  }));
}

/** All of them, as the file has them. */
export function generated(): string {
  const lines = [...positives(), ...negatives()].map((pair) => `  ${JSON.stringify(pair)}`);
  return `[\n${lines.join(',\n')}\n]\n`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(join(import.meta.dirname, 'pairs.json'), generated());
