import { account } from '../accounts.ts';
import { about, bill, card, collected, income, monthly, ordered, receipt, weekly } from '../habits.ts';
import type { DirectDebit, Persona, StandingOrder } from '../persona.ts';
import { LANDLORD } from './payees.ts';

/** Here and in the other people's files merchants are invented; the codes are ISO 18245 categories. */

const BILLS = { name: 'Shared bills', identification: '00000023456789' };
const SAVINGS = { name: 'Rainy day', identification: '00000034567890' };
const KIT = { name: 'Kit Sample', identification: '00000045678901' };

const EVERYDAY_DEBITS: readonly DirectDebit[] = [
  { name: 'Larkspur Mobile', minor: 1_800, dayOfMonth: 14 },
  { name: 'Oakway Gym', minor: 2_950, dayOfMonth: 5 },
];
const EVERYDAY_ORDERS: readonly StandingOrder[] = [
  { ...BILLS, minor: 95_000, dayOfMonth: 1 },
  { ...SAVINGS, minor: 45_000, dayOfMonth: 2 },
];
const SHARED_DEBITS: readonly DirectDebit[] = [
  { name: 'Westmere Council Tax', minor: 16_240, dayOfMonth: 4 },
  { name: 'Brightwell Energy', minor: 11_875, dayOfMonth: 10 },
  { name: 'Clearbrook Water', minor: 3_420, dayOfMonth: 12 },
  { name: 'Fieldfare Broadband', minor: 3_200, dayOfMonth: 18 },
];

export const USUAL: Persona = {
  name: 'usual',
  person: 'Robin Sample',
  summary: 'A salary, three accounts, rent and bills that are shared',
  holdings: [
    {
      account: account('12345678', 'CurrentAccount', 'Everyday', 'Robin Sample'),
      opening: 184_212,
      habits: [
        income('SALARY FERNDALE DESIGN LTD', 228_450, 28),
        ...EVERYDAY_ORDERS.map(ordered),
        ...EVERYDAY_DEBITS.map(collected),
        card('Green Basket Grocers', '5411', [1_240, 6_830], weekly(6)),
        card('Corner Loaf Bakery', '5462', [280, 960], about(4)),
        card('Copperpot Coffee', '5814', [295, 780], about(3)),
        card('Northline Trains', '4112', [640, 4_210], about(7)),
        card('The Lantern Cinema', '7832', [900, 2_600], about(18)),
        card('Marlow Books', '5942', [799, 3_150], about(21)),
        receipt('FROM KIT SAMPLE DINNER', [1_000, 3_500], about(16)),
      ],
      arrangements: {
        beneficiaries: [
          { ...BILLS, reference: 'BILLS' },
          { ...SAVINGS, reference: 'SAVINGS' },
          { ...KIT, reference: 'ROBIN' },
        ],
        directDebits: EVERYDAY_DEBITS,
        standingOrders: EVERYDAY_ORDERS,
        scheduled: [{ ...KIT, minor: 4_250, inDays: 9 }],
      },
    },
    {
      account: account('23456789', 'CurrentAccount', 'Shared bills', 'Robin Sample and Kit Sample'),
      opening: 41_530,
      habits: [
        income('FROM ROBIN SAMPLE', 95_000, 1),
        income('FROM KIT SAMPLE', 95_000, 1),
        bill('STANDING ORDER RENT HAZEL COURT', 125_000, 3, { creditor: LANDLORD }),
        ...SHARED_DEBITS.map(collected),
        card('Green Basket Grocers', '5411', [2_110, 5_900], weekly(3)),
      ],
      arrangements: {
        beneficiaries: [{ ...LANDLORD, reference: 'FLAT 7' }],
        directDebits: SHARED_DEBITS,
        standingOrders: [{ ...LANDLORD, minor: 125_000, dayOfMonth: 3 }],
      },
    },
    {
      account: account('34567890', 'Savings', 'Rainy day', 'Robin Sample'),
      opening: 363_000,
      habits: [income('FROM ROBIN SAMPLE', 45_000, 2), receipt('INTEREST', [1_480, 1_720], monthly(27))],
      arrangements: {},
    },
  ],
};
