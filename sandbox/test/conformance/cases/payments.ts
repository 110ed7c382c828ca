/** PAY: one payment for each consent. */

import { PAYMENT, read } from '../../support/tpp.ts';
import type { Bench } from '../bench.ts';
import type { Case } from '../case.ts';
import { worst } from './tokens.ts';

const INVALID = '400 invalid_request PAY-1';
const SECOND = '409 payment_already_submitted PAY-1';

const payment = (name: string, changes: object, expected = INVALID): Case => ({
  rule: 'PAY-1',
  name,
  expected,
  make: (bench) => bench.pay(changes),
});

/** A rightly signed call with this body. */
const body = (name: string, text: string, expected = INVALID, type = 'application/json'): Case => ({
  rule: 'PAY-1',
  name,
  expected,
  make: async (bench) => {
    const headers = { 'content-type': type, authorization: `Bearer ${await bench.payer()}` };
    return bench.tpp.post('/payments', text, headers);
  },
});

const iban = (value: string) => ({ SchemeName: 'IBAN', BeneficiaryIdentification: value });

async function reference({ tpp }: Bench, access: string): Promise<string> {
  return (await read<{ Reference: string }>(await tpp.pay(access))).Reference;
}

export const PAYMENTS: readonly Case[] = [
  payment('a right payment', {}, '201'),
  ...['0', '0.00', '-1', '1.234', '1e3', '1,000.00', '01.00', '.5', ' 1', '١٠', '9'.repeat(19)].map((Amount) =>
    payment(`the amount ${JSON.stringify(Amount)}`, { Amount }),
  ),
  payment('an amount as a number', { Amount: 12.5 }),
  payment('a currency that this bank does not pay in', { Currency: 'XXX' }),
  payment('a currency that the account is not in', { Currency: 'EUR' }),
  payment('more digits than the currency has', { Amount: '12.5', Currency: 'JPY' }),
  payment('a currency in lower case', { Currency: 'gbp' }),
  payment('an empty name', { BeneficiaryName: ' ' }),
  payment('a name of 141 characters', { BeneficiaryName: 'x'.repeat(141) }),
  payment('a reference of 36 characters', { Reference: 'x'.repeat(36) }),
  payment('a line end', { BeneficiaryName: 'a\nb' }),
  payment('a character that turns the direction of writing', { BeneficiaryName: 'a\u202eb' }),
  payment('half of a character', { Reference: '\ud800' }),
  payment('an unknown scheme', { SchemeName: 'BBAN' }),
  payment('sort code and account number in 13 digits', { BeneficiaryIdentification: '0000005678901' }),
  payment('an IBAN with wrong check digits', iban('GB28NWBK60161331926819')),
  payment('an IBAN with two digits exchanged', iban('GB29NWBK60161331926891')),
  payment('an IBAN with spaces', iban('GB29 NWBK 6016 1331 9268 19')),
  payment('an account that there is not', { AccountId: '1' }),
  payment('an account that is null', { AccountId: null }),
  payment('a member left out', { Reference: undefined }),
  payment('a further member', { Extra: 'x' }),
  payment('more than the account holds', { Amount: '500000.00' }, '400 insufficient_funds PAY-1'),
  payment('the amount for which there is too little', { Amount: '1.11' }, '400 insufficient_funds PAY-1'),
  payment('the amount that the bank refuses', { Amount: '1.06' }, '400 payment_refused PAY-1'),
  payment('the amount at which the bank is busy', { Amount: '1.12' }, '503 temporarily_unavailable PAY-1'),
  body('a member twice', JSON.stringify(PAYMENT).replace('{', '{"Amount":"1",')),
  body('a list', JSON.stringify([PAYMENT])),
  body('no JSON', 'Amount=12.50'),
  body('a form', 'Amount=12.50', '415 unsupported_media_type PAY-1', 'application/x-www-form-urlencoded'),
  body('more than 64 KiB', JSON.stringify(PAYMENT) + ' '.repeat(65_536), '413 body_too_large PAY-1'),
  {
    rule: 'PAY-1',
    name: 'GET',
    expected: '405 method_not_allowed PAY-1',
    make: ({ tpp }) => tpp.request('/payments', {}),
  },
  {
    rule: 'PAY-1',
    name: 'another account than the PSU chose',
    expected: '422 account_not_chosen PAY-1',
    make: async (bench) => {
      const access = await bench.payer({}, 'accept&account=23456789');
      return bench.tpp.pay(access, { ...PAYMENT, AccountId: '12345678' });
    },
  },
  {
    rule: 'PAY-1',
    name: 'a second payment on a consent',
    expected: SECOND,
    make: async (bench) => {
      const access = await bench.payer();
      await bench.tpp.pay(access);
      return bench.tpp.pay(access, { ...PAYMENT, Amount: '13.00' });
    },
  },
  {
    rule: 'PAY-2',
    name: 'the same payment twice at once: one is made',
    expected: SECOND,
    make: async (bench) => {
      const access = await bench.payer();
      return worst(await Promise.all([bench.tpp.pay(access), bench.tpp.pay(access)]));
    },
  },
  {
    rule: 'PAY-4',
    name: 'the same payment again',
    expected: SECOND,
    make: async (bench) => {
      const access = await bench.payer();
      await bench.tpp.pay(access);
      return bench.tpp.pay(access);
    },
  },
  {
    rule: 'PAY-3',
    name: 'the payment of another consent',
    expected: '404 not_found PAY-3',
    make: async (bench) => {
      const made = await reference(bench, await bench.payer());
      return bench.tpp.get(`/payments/${made}`, await bench.payer());
    },
  },
  {
    rule: 'PAY-3',
    name: 'the payment of this consent',
    expected: '200',
    make: async (bench) => {
      const access = await bench.payer();
      return bench.tpp.get(`/payments/${await reference(bench, access)}`, access);
    },
  },
  {
    rule: 'PAY-3',
    name: 'POST to a payment',
    expected: '405 method_not_allowed PAY-3',
    make: ({ tpp }) => tpp.request('/payments/1', { method: 'POST' }),
  },
  {
    rule: 'PAY-3',
    name: 'POST for a confirmation of funds',
    expected: '405 method_not_allowed PAY-3',
    make: ({ tpp }) => tpp.request('/payment-funds-confirmation', { method: 'POST' }),
  },
  {
    rule: 'PAY-3',
    name: 'a confirmation of funds with a consent for accounts',
    expected: '403 insufficient_scope AUT-3',
    make: async (bench) => bench.tpp.get('/payment-funds-confirmation', (await bench.connect()).access_token),
  },
];
