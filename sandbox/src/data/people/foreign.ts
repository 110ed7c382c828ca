import { account } from '../accounts.ts';
import { type Habit, about, bill, card, collected, income, monthly, ordered, receipt } from '../habits.ts';
import type { DirectDebit, Holding, Persona, StandingOrder } from '../persona.ts';
import { LANDLORD } from './payees.ts';

const NAME = 'Noor Sample';
/** An IBAN of no bank: the check digits are right, the sort code in it is 00-00-00. */
const COMMUNITY = { name: 'Comunidad Casa Azul', identification: 'GB37SBOX00000043999000' };

const STERLING_DEBITS: readonly DirectDebit[] = [{ name: 'Larkspur Mobile', minor: 2_600, dayOfMonth: 14 }];
const STERLING_ORDERS: readonly StandingOrder[] = [{ ...LANDLORD, minor: 115_000, dayOfMonth: 1 }];
const EURO_ORDERS: readonly StandingOrder[] = [{ ...COMMUNITY, minor: 8_500, dayOfMonth: 7 }];

function exchanged(minor: Habit['minor'], dayOfMonth: number): Habit {
  return { ...receipt('EXCHANGE FROM GBP', minor, monthly(dayOfMonth)), prompt: true };
}

const sterling: Holding = {
  account: account('43101010', 'CurrentAccount', 'Sterling', NAME),
  opening: 380_000,
  habits: [
    income('SALARY MERIDIAN FREIGHT LTD', 352_000, 27),
    ...STERLING_ORDERS.map(ordered),
    bill('EXCHANGE TO EUR', 60_000, 5),
    bill('EXCHANGE TO USD', 30_000, 5),
    bill('EXCHANGE TO JPY', 25_000, 5),
    ...STERLING_DEBITS.map(collected),
    card('Green Basket Grocers', '5411', [800, 4_800], about(2)),
    card('Copperpot Coffee', '5814', [295, 520], about(2)),
    card('Northline Trains', '4112', [640, 4_210], about(4)),
    card('Golden Noodle Bar', '5812', [1_400, 5_200], about(5)),
  ],
  arrangements: {
    beneficiaries: [{ ...LANDLORD, reference: 'FLAT 3' }],
    directDebits: STERLING_DEBITS,
    standingOrders: STERLING_ORDERS,
  },
};

const euro: Holding = {
  account: account('43202020', 'CurrentAccount', 'Euro', NAME, { currency: 'EUR', iban: 'GB17SBOX00000043202020' }),
  opening: 185_000,
  habits: [
    exchanged([69_400, 70_800], 5),
    ...EURO_ORDERS.map(ordered),
    card('Boulangerie du Pont', '5462', [180, 940], about(2)),
    card('Metro Centrale', '4111', [230, 230], about(1.6)),
    card('Trattoria Lucerna', '5812', [1_800, 6_400], about(5)),
    card('Hotel Marisol', '7011', [9_000, 18_000], about(16)),
  ],
  arrangements: {
    beneficiaries: [{ ...COMMUNITY, reference: 'PISO 4' }],
    standingOrders: EURO_ORDERS,
    scheduled: [{ ...COMMUNITY, minor: 12_050, inDays: 12 }],
  },
};

const dollar: Holding = {
  account: account('43303030', 'CurrentAccount', 'Dollar', NAME, { currency: 'USD', iban: 'GB96SBOX00000043303030' }),
  opening: 210_000,
  habits: [
    exchanged([37_500, 38_900], 5),
    bill('DIRECT DEBIT CLOUDKEEP HOSTING', 2_400, 3),
    card('Union Diner', '5812', [900, 3_200], about(5)),
    card('Bay Transit', '4111', [290, 290], about(3)),
    card('Pier Nine Outfitters', '5651', [2_500, 12_000], about(16)),
  ],
  arrangements: { directDebits: [{ name: 'Cloudkeep Hosting', minor: 2_400, dayOfMonth: 3 }] },
};

const yen: Holding = {
  account: account('43404040', 'CurrentAccount', 'Yen', NAME, { currency: 'JPY' }),
  opening: 184_000,
  habits: [
    exchanged([46_000, 48_500], 5),
    card('Konbini Sakura', '5411', [130, 1_480], about(1.4)),
    card('Minato Railway', '4111', [180, 1_340], about(2)),
    card('Ramen Kaido', '5812', [850, 1_650], about(5)),
    card('Onsen Yuzuki', '7011', [9_800, 21_000], about(50)),
  ],
  arrangements: { scheduled: [{ ...COMMUNITY, minor: 30_000, inDays: 20 }] },
};

export const FOREIGN: Persona = {
  name: 'foreign',
  person: NAME,
  summary: 'Accounts in pounds, euros, dollars and yen',
  holdings: [sterling, euro, dollar, yen],
};
