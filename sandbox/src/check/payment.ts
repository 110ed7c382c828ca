import { CURRENCIES, isCurrency, minorOf } from '../data/currency.ts';
import { PEOPLE, accountsOf, holderOf } from '../data/people.ts';
import { identificationProblem, schemeOf } from '../payee.ts';
import { Refusal, invalidRequest, quoted } from '../refusal.ts';
import { type JsonObject, checkMembers } from './json.ts';

/** The longest text of each member (ISO 20022). */
const REQUIRED = {
  PaymentType: 35,
  BeneficiaryName: 140,
  SchemeName: 70,
  BeneficiaryIdentification: 34,
  Amount: 40,
  Currency: 3,
  Reference: 35,
} as const;
const LONGEST = { AccountId: 128, ...REQUIRED };

/** A payment as an application states it: every member a text. */
export type PaymentOrder = Readonly<Record<keyof typeof REQUIRED, string> & { AccountId?: string }>;

const ACCOUNTS = PEOPLE.flatMap(accountsOf);

/** Control characters, and those that turn the direction in which others are shown. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** PAY-1: a payment's members, in the body of `POST /payments` or where a payment is stated before. */
export function readPayment(text: string, object: JsonObject, subject = 'The body'): PaymentOrder {
  checkMembers('PAY-1', text, object, { required: Object.keys(REQUIRED), optional: ['AccountId'], subject });
  for (const [name, longest] of Object.entries(LONGEST)) {
    if (Object.hasOwn(object, name)) checkText(name, object[name], longest);
  }
  const order = object as unknown as PaymentOrder;
  checkPayee(order);
  checkAmount(order);
  if (order.AccountId !== undefined && holderOf(order.AccountId) === undefined) {
    const known = ACCOUNTS.map(({ AccountId }) => quoted(AccountId)).join(', ');
    const told = { expected: known, came: quoted(order.AccountId) };
    throw invalidRequest('PAY-1', `The AccountId is ${quoted(order.AccountId)}; the accounts are ${known}.`, told);
  }
  return order;
}

function checkAmount({ Amount, Currency }: PaymentOrder): void {
  if (!isCurrency(Currency)) {
    const told = { expected: CURRENCIES.join(', '), came: quoted(Currency) };
    throw invalidRequest('PAY-1', `The Currency is ${quoted(Currency)}; this bank pays in ${told.expected}.`, told);
  }
  if ((minorOf(Amount, Currency) ?? 0n) > 0n) return;
  const example = Currency === 'JPY' ? 'a whole number above zero' : 'a decimal above zero, such as "12.50"';
  const told = { expected: example, came: quoted(Amount) };
  throw invalidRequest('PAY-1', `The Amount is ${quoted(Amount)}; in ${Currency} it must be ${example}.`, told);
}

function checkText(name: string, value: unknown, longest: number): void {
  if (typeof value !== 'string' || value.trim() === '') {
    const told = { expected: 'a string that is not empty', came: quoted(value) };
    throw invalidRequest('PAY-1', `The ${name} is ${quoted(value)}; it must be a string that is not empty.`, told);
  }
  if ([...value].length > longest) {
    const told = { expected: `at most ${longest} characters`, came: `${[...value].length}` };
    throw invalidRequest('PAY-1', `The ${name} is longer than ${longest} characters.`, told);
  }
  if (UNSEEN.test(value) || !value.isWellFormed()) {
    const description = `The ${name} has a control character, one that turns the direction of writing, or half of one.`;
    throw invalidRequest('PAY-1', description, { expected: 'characters that are seen', came: quoted(value) });
  }
}

function checkPayee({ SchemeName: name, BeneficiaryIdentification: identification }: PaymentOrder): void {
  const scheme = schemeOf(name);
  if (scheme === undefined) {
    const description = `The SchemeName is ${quoted(name)}; it must be "SortCodeAccountNumber" or "IBAN".`;
    const told = { expected: '"SortCodeAccountNumber" or "IBAN"', came: quoted(name) };
    throw invalidRequest('PAY-1', description, told);
  }
  const problem = identificationProblem(scheme, identification);
  if (problem === undefined) return;
  const expected = scheme === 'IBAN' ? 'an IBAN with right check digits' : '14 digits: sort code, account number';
  const told = { expected, came: quoted(identification) };
  throw invalidRequest('PAY-1', `The BeneficiaryIdentification is ${quoted(identification)}; ${problem}.`, told);
}

/** PAY-6: the payment that was stated when the authorisation was asked for is the only one that may be submitted. */
export function checkAsStated(stated: PaymentOrder, submitted: PaymentOrder): void {
  const names = Object.keys(LONGEST) as (keyof PaymentOrder)[];
  const changed = names.filter((name) => stated[name] !== submitted[name]);
  if (changed.length === 0) return;
  const description =
    `The person accepted a payment with another ${changed.join(', ')}; submit the payment that was stated when the ` +
    'authorisation was asked for, or ask for a new one.';
  const told = { expected: 'the payment that was stated', came: `one with another ${changed.join(', ')}` };
  throw new Refusal(422, 'payment_not_as_stated', description, { rule: 'PAY-6', ...told });
}
