import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  EMPTY, type FieldName, type Fields, fieldFor, fieldsFor, fieldsOf, mod97, readField, readFields,
} from '../../src/payment/checks.ts';
import { EXAMPLE, OUTCOMES } from '../../src/payment/outcomes.ts';

const read = (name: FieldName, text: string): string | undefined => {
  const reading = readField(name, text);
  return 'value' in reading ? reading.value : undefined;
};

test('PAY-1: an amount is pounds with two decimals, as text, and its digits are never calculated with', () => {
  for (const [written, sent] of [
    ['12.50', '12.50'], ['12.5', '12.50'], ['12', '12.00'], [' 12.50 ', '12.50'], ['£12.50', '12.50'],
    ['0.01', '0.01'], ['1,250', '1250.00'], ['999,999.99', '999999.99'], ['007.00', '7.00'],
    ['1000000', '1000000.00'], ['0.10', '0.10'],
  ] as const) {
    assert.equal(read('amount', written), sent, written);
  }
  for (const wrong of [
    '', '0', '0.00', '-1', '+1', '1e3', '12.505', '12.', '.5', '1,00', '12,50', '1,2345', '1.250,00', '١٠', '10.10.',
    '1 000', 'NaN', '0x1', '1000000.01', '1000001', '9'.repeat(40), '10 pounds', '€5',
  ]) {
    assert.equal(read('amount', wrong), undefined, wrong);
  }
});

test('PAY-1: spaces and hyphens in a sort code or an account number are forgiven, other digits are not', () => {
  for (const written of ['040004', '04-00-04', '04 00 04', ' 04–00–04 ', '0-4-0-0-0-4']) {
    assert.equal(read('sortCode', written), '040004', written);
  }
  assert.equal(read('accountNumber', '1234 5678'), '12345678');
  for (const wrong of ['', '04000', '0400045', '04-00-0x', '٠٤٠٠٠٤', '04.00.04']) {
    assert.equal(read('sortCode', wrong), undefined, wrong);
  }
  assert.equal(read('accountNumber', '1234567'), undefined);
});

test('PAY-1: an IBAN may have spaces and small letters, and its check digits are looked at', () => {
  for (const written of ['GB29NWBK60161331926819', 'gb29 nwbk 6016 1331 9268 19', 'MT84MALT011000012345MTLCAST001S']) {
    assert.equal(read('iban', written), written.replaceAll(' ', '').toUpperCase());
  }
  for (const wrong of [
    '', 'GB28NWBK60161331926819', 'GB29NWBK6016133192681', 'GB29NWBK60161331926819X', 'NWBK60161331926819', 'GB29',
    'GB29NWBK6016133192681é', '04000412345678',
  ]) {
    assert.equal(read('iban', wrong), undefined, wrong);
  }
});

test('PAY-1: one wrong digit of an IBAN is always noticed', () => {
  const iban = 'GB29NWBK60161331926819';
  for (const [at, digit] of Array.from(iban).entries()) {
    if (!/\d/.test(digit)) continue;
    const other = (Number(digit) + 1) % 10;
    assert.notEqual(mod97(iban.slice(0, at) + other + iban.slice(at + 1)), 1, `${at}`);
  }
});

test('PAY-1: a name and a reference are there, short, and of characters that can be seen', () => {
  assert.equal(read('name', ' Zoë O’Neill & Söhne '), 'Zoë O’Neill & Söhne');
  assert.equal(read('name', 'n'.repeat(140)), 'n'.repeat(140));
  assert.equal(read('reference', '🙂'.repeat(18)), '🙂'.repeat(18), 'characters are counted, as people do');
  for (const wrong of ['', '   ', 'a\nb', 'a\0b', 'a\u202eb', '\u2066x\u2069', 'a\u200fb', 'a\ud800b']) {
    assert.equal(read('name', wrong), undefined, JSON.stringify(wrong));
    assert.equal(read('reference', wrong), undefined, JSON.stringify(wrong));
  }
  assert.equal(read('name', 'n'.repeat(141)), undefined);
  assert.equal(read('reference', 'r'.repeat(19)), undefined);
});

test('PAY-1: the fields become the payment that is stated, and every fault is told at once', () => {
  const fields: Fields = { ...EXAMPLE, amount: '1,250' };
  assert.deepEqual(readFields(fields), {
    payment: {
      PaymentType: 'FasterPayment',
      BeneficiaryName: 'Ada Example',
      SchemeName: 'SortCodeAccountNumber',
      BeneficiaryIdentification: '04000412345678',
      Amount: '1250.00',
      Currency: 'GBP',
      Reference: 'Invoice 17',
    },
  });
  const byIban = readFields({ ...fields, scheme: 'iban', sortCode: 'not looked at' });
  assert.ok('payment' in byIban);
  assert.equal(byIban.payment.SchemeName, 'IBAN');
  assert.equal(byIban.payment.BeneficiaryIdentification, 'GB29NWBK60161331926819');
  const none = readFields(EMPTY);
  assert.deepEqual('faults' in none && Object.keys(none.faults), fieldsOf(EMPTY));
});

test('PAY-1: a payment is put back into fields that state the same', () => {
  for (const scheme of ['uk', 'iban'] as const) {
    const read = readFields({ ...EXAMPLE, scheme, amount: '10' });
    assert.ok('payment' in read);
    assert.deepEqual(readFields(fieldsFor(read.payment)), read);
  }
});

test('PAY-1: a fault that the worker finds has its field; one of another member has none', () => {
  assert.equal(fieldFor('BeneficiaryIdentification', { scheme: 'uk' }), 'accountNumber');
  assert.equal(fieldFor('BeneficiaryIdentification', { scheme: 'iban' }), 'iban');
  assert.equal(fieldFor('Amount', EMPTY), 'amount');
  assert.equal(fieldFor('Currency', EMPTY), 'amount');
  assert.equal(fieldFor('BeneficiaryName', EMPTY), 'name');
  assert.equal(fieldFor('Reference', EMPTY), 'reference');
  for (const other of ['payment', 'AccountId', 'PaymentType', 'constructor']) {
    assert.equal(fieldFor(other, EMPTY), undefined, other);
  }
});

test('page: every note is short enough for its line', () => {
  const limits: Record<FieldName, number> = {
    name: 45, sortCode: 16, accountNumber: 16, iban: 45, amount: 28, reference: 36,
  };
  const texts = [
    '', '0', 'x', '-', '1.', '99999999', 'GB00', 'GB29', 'é', 'GB28NWBK60161331926819', 'a\u202eb', 'x'.repeat(200),
  ];
  for (const [name, limit] of Object.entries(limits) as [FieldName, number][]) {
    for (const text of texts) {
      const reading = readField(name, text);
      if ('fault' in reading) assert.ok(reading.fault.length <= limit, `${name}: ${reading.fault}`);
    }
  }
});

test('page: each outcome that the sandbox offers is a payment, and no two have the same amount', () => {
  for (const { amount } of OUTCOMES) assert.ok('payment' in readFields({ ...EXAMPLE, amount }), amount);
  assert.equal(new Set(OUTCOMES.map(({ amount }) => amount)).size, OUTCOMES.length);
});
