import { account } from '../accounts.ts';
import { about, card, collected, income, often, ordered, receipt } from '../habits.ts';
import type { DirectDebit, Holding, Persona, StandingOrder } from '../persona.ts';

const HOUSEHOLD = { name: 'Household', identification: '00000041334455' };
const NURSERY = { name: 'Little Acorns Nursery', identification: '00000041667788' };
const CLEANER = { name: 'Jo Example', identification: '00000041778899' };

const EVERYDAY_DEBITS: readonly DirectDebit[] = [
  { name: 'Larkspur Mobile', minor: 3_400, dayOfMonth: 14 },
  { name: 'Oakway Gym', minor: 4_900, dayOfMonth: 5 },
  { name: 'Halcyon Insurance', minor: 6_215, dayOfMonth: 9 },
  { name: 'Longview Pensions', minor: 25_000, dayOfMonth: 28 },
];
const EVERYDAY_ORDERS: readonly StandingOrder[] = [
  { ...HOUSEHOLD, minor: 160_000, dayOfMonth: 1 },
  { ...CLEANER, minor: 9_600, dayOfMonth: 8 },
];
const HOUSEHOLD_DEBITS: readonly DirectDebit[] = [
  { name: 'Stonebridge Mortgages', minor: 118_000, dayOfMonth: 3 },
  { name: 'Westmere Council Tax', minor: 19_850, dayOfMonth: 4 },
  { name: 'Brightwell Energy', minor: 16_500, dayOfMonth: 10 },
  { name: 'Clearbrook Water', minor: 4_210, dayOfMonth: 12 },
  { name: 'Fieldfare Broadband', minor: 3_900, dayOfMonth: 18 },
];
const HOUSEHOLD_ORDERS: readonly StandingOrder[] = [{ ...NURSERY, minor: 62_000, dayOfMonth: 6 }];
const STALL_DEBITS: readonly DirectDebit[] = [
  { name: 'Westmere Pitches', minor: 24_000, dayOfMonth: 2 },
  { name: 'Halcyon Insurance', minor: 3_150, dayOfMonth: 11 },
  { name: 'Tally Accounting', minor: 1_800, dayOfMonth: 21 },
];

const everyday: Holding = {
  account: account('41223344', 'CurrentAccount', 'Everyday', 'Mo Sample'),
  opening: 590_000,
  habits: [
    income('SALARY HARBOUR LOGISTICS PLC', 462_000, 25),
    ...EVERYDAY_ORDERS.map(ordered),
    ...EVERYDAY_DEBITS.map(collected),
    ...often(3, card('Copperpot Coffee', '5814', [280, 520], about(1.25))),
    ...often(2, card('Valley Buses', '4131', [180, 180], about(1.25))),
    ...often(2, card('Corner Loaf Bakery', '5462', [250, 950], about(1.4), 1)),
    ...often(2, card('Green Basket Grocers', '5411', [420, 2_200], about(1.7))),
    ...often(2, card('Platform News', '5994', [90, 460], about(1.4), 1)),
    ...often(2, card('Everything Online', '5999', [399, 4_999], about(3.3), 1)),
    card('Golden Noodle Bar', '5812', [700, 1_400], about(1.7)),
    card('Dockside Burgers', '5814', [690, 1_590], about(2.5), 1),
    card('Castle Street Parking', '7523', [150, 900], about(1.7)),
    card('Rosemary Pharmacy', '5912', [300, 1_900], about(3.3)),
    card('Marlow Books', '5942', [799, 3_150], about(7)),
    card('Bypass Fuels', '5542', [3_000, 7_200], about(7)),
  ],
  arrangements: {
    beneficiaries: [{ ...HOUSEHOLD, reference: 'HOUSEHOLD' }, { ...CLEANER, reference: 'MO' }],
    directDebits: EVERYDAY_DEBITS,
    standingOrders: EVERYDAY_ORDERS,
    scheduled: [{ ...CLEANER, minor: 3_000, inDays: 5 }],
  },
};

const household: Holding = {
  account: account('41334455', 'CurrentAccount', 'Household', 'Mo Sample and Sam Sample'),
  opening: 120_000,
  habits: [
    income('FROM MO SAMPLE', 160_000, 1),
    income('FROM SAM SAMPLE', 140_000, 1),
    ...HOUSEHOLD_DEBITS.map(collected),
    ...HOUSEHOLD_ORDERS.map(ordered),
    ...[0, 1].map((number) => card('Green Basket Grocers', '5411', [600, 4_200], about(2.5), number)),
    ...[0, 1].map((number) => card('Hilltop Stores', '5499', [180, 900], about(2), number)),
  ],
  arrangements: {
    beneficiaries: [{ ...NURSERY, reference: 'SAMPLE 2' }],
    directDebits: HOUSEHOLD_DEBITS,
    standingOrders: HOUSEHOLD_ORDERS,
  },
};

const stall: Holding = {
  account: account('41445566', 'CurrentAccount', 'Market stall', 'Mo Sample', { business: true }),
  opening: 420_000,
  habits: [
    ...often(8, receipt('STALL TAKINGS', [800, 4_500], about(1.4))),
    ...often(6, card('Dawn Market Wholesale', '5199', [900, 7_000], about(2))),
    ...STALL_DEBITS.map(collected),
  ],
  arrangements: {
    directDebits: STALL_DEBITS,
  },
};

export const BUSY: Persona = {
  name: 'busy',
  person: 'Mo Sample',
  summary: 'Three accounts, several cards, dozens of transactions a day',
  holdings: [everyday, household, stall],
};
