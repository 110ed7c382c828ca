import { account } from '../accounts.ts';
import type { CalendarDay } from '../calendar.ts';
import { type Code, about, bill, card, collected, income, ordered } from '../habits.ts';
import type { DirectDebit, Persona, StandingOrder } from '../persona.ts';
import { LANDLORD } from './payees.ts';

const CHARGE: Code = { Code: 'MiscellaneousDebitOperations', SubCode: 'Charges' };
const RETURNED: Code = { Code: 'IssuedDirectDebits', SubCode: 'ReversalDueToReturnUnpaidDirectDebit' };
const RETURN = { direction: 'Credit', on: onReturn, code: RETURNED } as const;

const DEBITS: readonly DirectDebit[] = [
  { name: 'Westmere Council Tax', minor: 12_900, dayOfMonth: 4 },
  { name: 'Brightwell Energy', minor: 14_600, dayOfMonth: 10 },
  { name: 'Larkspur Mobile', minor: 2_200, dayOfMonth: 14 },
  { name: 'Quickmoor Loans', minor: 18_500, dayOfMonth: 15 },
];
const INSURANCE: DirectDebit = { name: 'Halcyon Insurance', minor: 4_299, dayOfMonth: 20 };
const ORDERS: readonly StandingOrder[] = [{ ...LANDLORD, minor: 72_000, dayOfMonth: 1 }];

/** The bank gives one direct debit in three back, the day after. */
function onReturn({ dayOfMonth, month }: CalendarDay): boolean {
  return dayOfMonth === 21 && month % 3 === 1;
}

export const OVERDRAWN: Persona = {
  name: 'overdrawn',
  person: 'Val Sample',
  summary: 'Below zero every day, with charges and a direct debit that bounces',
  holdings: [
    {
      account: account('42556677', 'CurrentAccount', 'Current account', 'Val Sample'),
      opening: -60_000,
      habits: [
        income('WAGES TIDEWAY CARE', 158_000, 28),
        ...ORDERS.map(ordered),
        ...DEBITS.map(collected),
        { ...collected(INSURANCE), prompt: true },
        bill('RETURNED DIRECT DEBIT HALCYON INSURANCE', INSURANCE.minor, 21, RETURN),
        bill('UNPAID ITEM CHARGE', 500, 21, { on: onReturn, code: CHARGE, prompt: true }),
        bill('OVERDRAFT INTEREST', 0, 26, { minor: [1_180, 2_960], code: CHARGE }),
        card('Green Basket Grocers', '5411', [540, 2_450], about(4)),
        card('Penny Market', '5411', [200, 1_500], about(3.3)),
        card('Hilltop Stores', '5499', [120, 780], about(2)),
        card('Valley Buses', '4131', [180, 180], about(1.6)),
        card('Copperpot Coffee', '5814', [295, 480], about(5)),
      ],
      arrangements: {
        beneficiaries: [{ ...LANDLORD, reference: 'FLAT 12' }],
        directDebits: [...DEBITS, INSURANCE],
        standingOrders: ORDERS,
      },
    },
  ],
};
