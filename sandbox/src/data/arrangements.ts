import type { Account } from './accounts.ts';
import { dayNumber, isoTime, nextOnDayOfMonth } from './calendar.ts';
import type { Shape } from './shape.ts';
import { money } from './transactions.ts';

/** Whom an account pays and will pay. Names and amounts are those of its transactions (`habits.ts`). */
interface Arrangements {
  beneficiaries: readonly { name: string; identification: string; reference: string }[];
  directDebits: readonly { name: string; pence: number; dayOfMonth: number }[];
  standingOrders: readonly { name: string; identification: string; pence: number; dayOfMonth: number }[];
  scheduled: readonly { name: string; identification: string; pence: number; inDays: number }[];
}

const SCHEME = 'UK.OBIE.SortCodeAccountNumber';
const NONE: Arrangements = { beneficiaries: [], directDebits: [], standingOrders: [], scheduled: [] };

const ARRANGEMENTS: Readonly<Record<string, Arrangements>> = {
  '12345678': {
    beneficiaries: [
      { name: 'Shared bills', identification: '00000023456789', reference: 'BILLS' },
      { name: 'Rainy day', identification: '00000034567890', reference: 'SAVINGS' },
      { name: 'Kit Sample', identification: '00000045678901', reference: 'ROBIN' },
    ],
    directDebits: [
      { name: 'Larkspur Mobile', pence: 1_800, dayOfMonth: 14 },
      { name: 'Oakway Gym', pence: 2_950, dayOfMonth: 5 },
    ],
    standingOrders: [
      { name: 'Shared bills', identification: '00000023456789', pence: 95_000, dayOfMonth: 1 },
      { name: 'Rainy day', identification: '00000034567890', pence: 45_000, dayOfMonth: 2 },
    ],
    scheduled: [{ name: 'Kit Sample', identification: '00000045678901', pence: 4_250, inDays: 9 }],
  },
  '23456789': {
    beneficiaries: [{ name: 'Hazel Court Lettings', identification: '00000056789012', reference: 'FLAT 7' }],
    directDebits: [
      { name: 'Westmere Council Tax', pence: 16_240, dayOfMonth: 4 },
      { name: 'Brightwell Energy', pence: 11_875, dayOfMonth: 10 },
      { name: 'Clearbrook Water', pence: 3_420, dayOfMonth: 12 },
      { name: 'Fieldfare Broadband', pence: 3_200, dayOfMonth: 18 },
    ],
    standingOrders: [
      { name: 'Hazel Court Lettings', identification: '00000056789012', pence: 125_000, dayOfMonth: 3 },
    ],
    scheduled: [],
  },
};

function of({ AccountId }: Account): Arrangements {
  return ARRANGEMENTS[AccountId] ?? NONE;
}

/** Whose account is paid: members of their own in the flat shape. */
function payee(shape: Shape, name: string, identification: string): object {
  const members = { SchemeName: SCHEME, Identification: identification, Name: name };
  return shape === 'tell' ? members : { CreditorAccount: members };
}

function sum(shape: Shape, member: string, pence: number): object {
  return shape === 'tell' ? money(pence) : { [member]: money(pence) };
}

function owner(account: Account, shape: Shape): object {
  return shape === 'tell' ? {} : { AccountId: account.AccountId };
}

export function beneficiaries(account: Account, shape: Shape): object[] {
  return of(account).beneficiaries.map(({ name, identification, reference }, index) => ({
    ...owner(account, shape),
    BeneficiaryId: `${account.AccountId}-B${index + 1}`,
    Reference: reference,
    ...payee(shape, name, identification),
  }));
}

export function directDebits(account: Account, shape: Shape, now: number): object[] {
  return of(account).directDebits.map(({ name, pence, dayOfMonth }, index) => ({
    ...owner(account, shape),
    DirectDebitId: `${account.AccountId}-D${index + 1}`,
    MandateIdentification: `SAMPLE-${account.AccountId}-${index + 1}`,
    [shape === 'tell' ? 'Status' : 'DirectDebitStatusCode']: 'Active',
    Name: name,
    NextPaymentDateTime: isoTime(nextOnDayOfMonth(dayOfMonth, now), 0),
    ...sum(shape, 'PreviousPaymentAmount', pence),
  }));
}

export function standingOrders(account: Account, shape: Shape, now: number): object[] {
  return of(account).standingOrders.map(({ name, identification, pence, dayOfMonth }, index) => ({
    ...owner(account, shape),
    StandingOrderId: `${account.AccountId}-S${index + 1}`,
    Frequency: `IntrvlMnthDay:01:${String(dayOfMonth).padStart(2, '0')}`,
    [shape === 'tell' ? 'Status' : 'StandingOrderStatusCode']: 'Active',
    NextPaymentDateTime: isoTime(nextOnDayOfMonth(dayOfMonth, now), 0),
    ...sum(shape, 'NextPaymentAmount', pence),
    ...payee(shape, name, identification),
  }));
}

export function scheduledPayments(account: Account, shape: Shape, now: number): object[] {
  return of(account).scheduled.map(({ name, identification, pence, inDays }, index) => ({
    ...owner(account, shape),
    ScheduledPaymentId: `${account.AccountId}-P${index + 1}`,
    ScheduledPaymentDateTime: isoTime(dayNumber(now) + inDays, 0),
    ScheduledType: 'Execution',
    ...sum(shape, 'InstructedAmount', pence),
    ...payee(shape, name, identification),
  }));
}
