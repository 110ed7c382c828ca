import { account } from '../accounts.ts';
import { about, card, collected, income, often, ordered } from '../habits.ts';
import type { DirectDebit, Persona, StandingOrder } from '../persona.ts';
import { LANDLORD } from './payees.ts';

const DEBITS: readonly DirectDebit[] = [{ name: 'Larkspur Mobile', minor: 2_100, dayOfMonth: 14 }];
const ORDERS: readonly StandingOrder[] = [{ ...LANDLORD, minor: 110_000, dayOfMonth: 1 }];

export const HEAVY: Persona = {
  name: 'heavy',
  person: 'Lee Sample',
  summary: 'One account with more than 5,000 transactions a year, for pages',
  holdings: [
    {
      account: account('45123123', 'CurrentAccount', 'Everyday', 'Lee Sample'),
      opening: 440_000,
      habits: [
        income('SALARY WESTMERE HOSPITALS', 374_000, 26),
        ...ORDERS.map(ordered),
        ...DEBITS.map(collected),
        ...often(4, card('Copperpot Coffee', '5814', [280, 520], about(1.1))),
        ...often(4, card('Valley Buses', '4131', [180, 180], about(1.1))),
        ...often(3, card('Corner Loaf Bakery', '5462', [180, 720], about(1.1))),
        ...often(3, card('Platform News', '5994', [90, 460], about(1.1))),
        ...often(3, card('Wayside Vending', '5814', [80, 240], about(1.1))),
        ...often(2, card('Green Basket Grocers', '5411', [320, 1_900], about(1.4))),
        card('Golden Noodle Bar', '5812', [700, 1_400], about(1.4)),
        card('Everything Online', '5999', [399, 2_999], about(2.5)),
        card('Rosemary Pharmacy', '5912', [300, 1_900], about(5)),
        card('Bypass Fuels', '5542', [3_000, 7_200], about(10)),
      ],
      arrangements: {
        beneficiaries: [{ ...LANDLORD, reference: 'FLAT 9' }],
        directDebits: DEBITS,
        standingOrders: ORDERS,
      },
    },
  ],
};
