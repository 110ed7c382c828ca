import { account } from '../accounts.ts';
import { about, card, cash, collected, income, monthly, ordered, receipt, weekly } from '../habits.ts';
import type { DirectDebit, Persona, StandingOrder } from '../persona.ts';

const PARENT = { name: 'Alex Sample', identification: '00000040998877' };

const DEBITS: readonly DirectDebit[] = [{ name: 'Larkspur Mobile', minor: 1_000, dayOfMonth: 12 }];
const ORDERS: readonly StandingOrder[] = [{ ...PARENT, minor: 12_000, dayOfMonth: 6 }];

export const YOUNG: Persona = {
  name: 'young',
  person: 'Ash Sample',
  summary: 'One account, part-time wages every Friday, small amounts',
  holdings: [
    {
      account: account('40112358', 'CurrentAccount', 'Student account', 'Ash Sample'),
      opening: 58_460,
      habits: [
        { ...receipt('WAGES PEBBLE BAY CAFE', [8_800, 13_600], weekly(5)), prompt: true },
        income('FROM ALEX SAMPLE ALLOWANCE', 8_000, 15),
        ...ORDERS.map(ordered),
        ...DEBITS.map(collected),
        card('Hearthstone Music', '5735', [599, 599], monthly(8)),
        card('Valley Buses', '4131', [180, 180], about(1.6)),
        card('Corner Loaf Bakery', '5462', [150, 620], about(2)),
        card('Dockside Burgers', '5814', [650, 1_390], about(5)),
        card('Pixel Arcade', '5816', [499, 2_499], about(12)),
        card('Thread and Button', '5651', [1_200, 4_500], about(10)),
        card('The Lantern Cinema', '7832', [650, 1_150], about(14)),
        cash([1_000, 3_000], about(9)),
      ],
      arrangements: {
        beneficiaries: [{ ...PARENT, reference: 'ASH' }],
        directDebits: DEBITS,
        standingOrders: ORDERS,
      },
    },
  ],
};
