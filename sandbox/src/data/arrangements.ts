import { type Account, held } from './accounts.ts';
import { dayNumber, isoTime, nextOnDayOfMonth } from './calendar.ts';
import { money } from './currency.ts';
import { holdingOf } from './people.ts';
import type { Arrangements } from './persona.ts';
import type { Shape } from './shape.ts';

function of(account: Account): Required<Arrangements> {
  const none = { beneficiaries: [], directDebits: [], standingOrders: [], scheduled: [] };
  return { ...none, ...holdingOf(account)?.arrangements };
}

/** Whose account is paid: members of their own in the flat shape. */
function payee(shape: Shape, name: string, identification: string): object {
  const members = held(identification, name);
  return shape === 'tell' ? members : { CreditorAccount: members };
}

function sum({ Currency }: Account, shape: Shape, member: string, minor: number): object {
  return shape === 'tell' ? money(minor, Currency) : { [member]: money(minor, Currency) };
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
  return of(account).directDebits.map(({ name, minor, dayOfMonth }, index) => ({
    ...owner(account, shape),
    DirectDebitId: `${account.AccountId}-D${index + 1}`,
    MandateIdentification: `SAMPLE-${account.AccountId}-${index + 1}`,
    [shape === 'tell' ? 'Status' : 'DirectDebitStatusCode']: 'Active',
    Name: name,
    NextPaymentDateTime: isoTime(nextOnDayOfMonth(dayOfMonth, now), 0),
    ...sum(account, shape, 'PreviousPaymentAmount', minor),
  }));
}

export function standingOrders(account: Account, shape: Shape, now: number): object[] {
  return of(account).standingOrders.map(({ name, identification, minor, dayOfMonth }, index) => ({
    ...owner(account, shape),
    StandingOrderId: `${account.AccountId}-S${index + 1}`,
    Frequency: `IntrvlMnthDay:01:${String(dayOfMonth).padStart(2, '0')}`,
    [shape === 'tell' ? 'Status' : 'StandingOrderStatusCode']: 'Active',
    NextPaymentDateTime: isoTime(nextOnDayOfMonth(dayOfMonth, now), 0),
    ...sum(account, shape, 'NextPaymentAmount', minor),
    ...payee(shape, name, identification),
  }));
}

export function scheduledPayments(account: Account, shape: Shape, now: number): object[] {
  return of(account).scheduled.map(({ name, identification, minor, inDays }, index) => ({
    ...owner(account, shape),
    ScheduledPaymentId: `${account.AccountId}-P${index + 1}`,
    ScheduledPaymentDateTime: isoTime(dayNumber(now) + inDays, 0),
    ScheduledType: 'Execution',
    ...sum(account, shape, 'InstructedAmount', minor),
    ...payee(shape, name, identification),
  }));
}
