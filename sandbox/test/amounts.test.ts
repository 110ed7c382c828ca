import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { OUTCOMES, outcomeOf, wordOf } from '../src/data/amounts.ts';
import { ORIGIN, openSandbox, startStrict } from './support/sandbox.ts';
import { PAYMENT, read, refusal } from './support/tpp.ts';

interface Answer {
  Reference?: string;
  Status: string;
}

/** The words of a payment of this amount, so many seconds after it was made. */
function words(amount: string, ...seconds: number[]): string[] {
  return seconds.map((second) => wordOf(amount, second * 1000));
}

test('PAY-3: amounts provoke the words of the bank, by its clock', async () => {
  assert.deepEqual(words('1.01', 0, 99), ['RJCT', 'RJCT']);
  assert.deepEqual(words('1.02', 0, 9, 10), ['ACSP', 'ACSP', 'RJCT']);
  assert.deepEqual(words('1.03', 0, 99), ['BLCK', 'BLCK']);
  assert.deepEqual(words('1.04', 0, 29, 30), ['PDNG', 'PDNG', 'ACSC']);
  assert.deepEqual(words('1.05', 0), ['Reticulating']);
  assert.deepEqual(words('1.14', 0, 5, 10, 30), ['ACTC', 'ACSP', 'ACSC', 'ACCC']);
  const { tpp, clock } = openSandbox();
  const { access_token: access } = await tpp.connect('pisp');
  const answer = await tpp.pay(access, { ...PAYMENT, Amount: '1.02' });
  const { Reference: reference, Status: status } = await read<Answer>(answer);
  assert.deepEqual([answer.status, status], [201, 'ACSP']);
  clock.now += 10_000;
  assert.equal((await read<Answer>(await tpp.get(`/payments/${reference}`, access))).Status, 'RJCT');
});

test('PAY-1: an amount is the same however it is written', () => {
  assert.equal(outcomeOf('1.1'), outcomeOf('1.10'));
  assert.equal(outcomeOf('11.01'), undefined);
  assert.equal(outcomeOf('1'), undefined);
});

test('PAY-1, PAY-2: amounts by which nothing is paid, and the consent stays good', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { access_token: access } = await tpp.connect('pisp');
  const pay = (amount: string) => tpp.pay(access, { ...PAYMENT, Amount: amount });
  assert.equal(await refusal(pay('1.06')), '400 payment_refused PAY-1');
  await assert.rejects(pay('1.08'));
  assert.equal(await refusal(pay('1.11')), '400 insufficient_funds PAY-1');
  const busy = await pay('1.12');
  assert.deepEqual([busy.status, busy.headers.get('retry-after')], [503, '5']);
  assert.deepEqual(sandbox.payments, []);
  assert.equal((await pay('2.00')).status, 201);
  assert.equal(await refusal(pay('1.06')), '409 payment_already_submitted PAY-1');
  assert.deepEqual(sandbox.violations.map(({ rule }) => rule), ['PAY-1'], 'the second payment alone');
});

test('PAY-2: amounts that are paid although the answer does not say so', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const told: unknown[] = [];
  for (const amount of ['1.07', '1.09', '1.10', '1.13']) {
    const { access_token: access } = await tpp.connect('pisp');
    const order = { ...PAYMENT, Amount: amount };
    told.push(await tpp.pay(access, order).then(whatItTells, () => 'closed'));
    assert.deepEqual(JSON.parse(sandbox.payments.at(-1)?.body ?? ''), order);
    assert.equal(await refusal(tpp.pay(access, order)), '409 payment_already_submitted PAY-1');
  }
  assert.deepEqual(told, ['closed', '500 server_error', '201 no JSON', '201 AcceptedSettlementInProcess']);
  assert.equal(sandbox.payments.length, 4);
});

async function whatItTells(answer: Response): Promise<string> {
  const text = await answer.text();
  try {
    const { error, Status, ...rest } = JSON.parse(text) as Record<string, unknown>;
    assert.deepEqual(Object.keys(rest).filter((name) => ['PaymentId', 'Reference'].includes(name)), []);
    return `${answer.status} ${error ?? Status}`;
  } catch (error) {
    assert.ok(error instanceof SyntaxError);
    return `${answer.status} no JSON`;
  }
}

test('PAY-3: the page of amounts, linked from the first, and the README list every one', async () => {
  const { send } = openSandbox();
  const page = async (path: string) => (await send(new Request(ORIGIN + path))).text();
  assert.match(await page('/'), /<a href="\/amounts">/);
  const list = await page('/amounts');
  const readme = readFileSync(`${import.meta.dirname}/../README.md`, 'utf8');
  for (const { amount, meaning } of OUTCOMES) {
    assert.ok(list.includes(`<dt>£${amount}</dt><dd>${meaning}.</dd>`), amount);
    assert.ok(readme.includes(`| ${amount} | ${meaning} |`), `README: | ${amount} | ${meaning} |`);
  }
});
