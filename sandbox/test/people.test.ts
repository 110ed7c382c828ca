/** Who the person at the bank is, and what their consent opens. */

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { DAY } from '../src/data/calendar.ts';
import { PEOPLE, accountsOf, personaNamed } from '../src/data/people.ts';
import { PERSONA_NAMES, type PersonaName } from '../src/data/persona.ts';
import { RESOURCES } from '../src/data/resources.ts';
import { rowsOf } from '../src/data/transactions.ts';
import { newCode, openSandbox, startStrict } from './support/sandbox.ts';
import { PAYMENT, type Tokens, type Tpp, read, refusal } from './support/tpp.ts';

const idsOf = (name: PersonaName): string[] => accountsOf(personaNamed(name)).map(({ AccountId }) => AccountId);

async function listed(tpp: Tpp, access: string): Promise<string[]> {
  const { Accounts } = await read<{ Accounts: { AccountId: string }[] }>(await tpp.get('/accounts', access));
  return Accounts.map(({ AccountId }) => AccountId);
}

async function opened(changes: Record<string, unknown> = {}, members: object = {}) {
  const sandbox = openSandbox(changes);
  const { location } = await read<{ location: string }>(await sandbox.tpp.authorise(members));
  const page = async (query = '') => (await sandbox.send(new Request(location + query))).text();
  return { ...sandbox, location, page };
}

test('AUT-4: the page lists everybody with a line on each, and shows whose it is', async () => {
  const { page } = await opened();
  const first = await page();
  for (const { name, person, summary } of PEOPLE) {
    assert.ok(first.includes(`href="?persona=${name}"`), name);
    assert.ok(first.includes(person) && first.includes(summary), person);
    const own = await page(`?persona=${name}`);
    assert.ok(own.includes(`<input type="hidden" name="persona" value="${name}">`));
    assert.ok(own.includes(`href="?persona=${name}" aria-current="true"`));
    assert.equal(own.split('aria-current').length, 2);
    const names = accountsOf(personaNamed(name)).map(({ Nickname }) => Nickname).join(', ');
    assert.ok(own.includes(`<dd>${names}</dd>`), names);
  }
  assert.equal(first, await page('?persona=usual'));
});

test('ACC-3: a consent reads the accounts of who gave it, and another’s are not there', async () => {
  const { tpp } = openSandbox();
  for (const name of PERSONA_NAMES) {
    const { access_token: access, refresh_token: refresh } = await tpp.connectWith({}, `accept&persona=${name}`);
    assert.deepEqual(await listed(tpp, access), idsOf(name));
    const { access_token: next } = await read<Tokens>(await tpp.refresh(refresh));
    assert.deepEqual(await listed(tpp, next), idsOf(name));
    for (const id of PEOPLE.flatMap(accountsOf).map(({ AccountId }) => AccountId)) {
      const isOwn = idsOf(name).includes(id);
      for (const path of ['', ...RESOURCES.map((resource) => `/${resource}`)]) {
        assert.equal((await tpp.get(`/accounts/${id}${path}`, access)).status, isOwn ? 200 : 404, name + id + path);
      }
    }
  }
});

test('ENV-4: where nobody chooses, the settings do, with sandbox_sca as well', async () => {
  const { tpp, page, send } = await opened({ SANDBOX_PERSONA: 'busy' });
  assert.match(await page(), /You are <span class="name">Mo Sample/);
  assert.deepEqual(await listed(tpp, (await tpp.connect()).access_token), idsOf('busy'));
  for (const [query, name] of [['', 'busy'], ['?persona=young', 'young']] as const) {
    const { location } = await read<{ location: string }>(await tpp.authorise({ sandbox_sca: true }));
    const visit = await send(new Request(location + query, { redirect: 'manual' }));
    const code = new URL(visit.headers.get('location') ?? '').searchParams.get('authorisation_code') ?? '';
    const tokens = await read<Tokens>(await tpp.token({ grant_type: 'authorization_code', code }));
    assert.deepEqual(await listed(tpp, tokens.access_token), idsOf(name));
  }
});

test('AUT-4: a person whom the bank does not know is refused, and the intent stays open', async () => {
  const { tpp, location, page } = await opened();
  for (const name of ['', 'Busy', 'constructor']) {
    assert.equal(await refusal(tpp.press(location, `accept&persona=${name}`)), '400 invalid_request AUT-4');
  }
  assert.equal((await tpp.press(location, 'accept&persona=busy')).status, 303);
  assert.match(await page('?persona=nobody'), /You have accepted this request/);
});

const PISP = { scope: 'pisp' };
const euros = { ...PAYMENT, Currency: 'EUR' };
const yen = { ...PAYMENT, Currency: 'JPY', Amount: '1250' };

test('PAY-1: a person pays from their own accounts, in their currencies, as far as the balances go', async () => {
  const { tpp } = openSandbox();
  const pay = async (persona: PersonaName, order: object, account = '') => {
    const { access_token: access } = await tpp.connectWith(PISP, `accept&persona=${persona}${account}`);
    return tpp.pay(access, order);
  };
  for (const name of ['usual', 'young', 'busy', 'foreign', 'heavy'] as const) {
    assert.equal((await pay(name, PAYMENT)).status, 201, name);
  }
  for (const name of ['overdrawn', 'empty'] as const) {
    assert.equal(await refusal(pay(name, { ...PAYMENT, Amount: '0.02' })), '400 insufficient_funds PAY-1', name);
  }
  assert.equal((await pay('foreign', euros)).status, 201);
  assert.equal((await pay('foreign', yen)).status, 201);
  assert.equal(await refusal(pay('foreign', { ...yen, Amount: '12.50' })), '400 invalid_request PAY-1');
  assert.equal(await refusal(pay('foreign', euros, '&account=43404040')), '400 invalid_request PAY-1');
  assert.equal(await refusal(pay('busy', euros)), '400 invalid_request PAY-1');
  assert.equal(await refusal(pay('busy', { ...PAYMENT, Currency: 'CHF' })), '400 invalid_request PAY-1');
  assert.equal(await refusal(pay('busy', { ...PAYMENT, AccountId: '40112358' })), '422 account_not_chosen PAY-1');
});

async function fundsOf(tpp: Tpp, access: string): Promise<boolean> {
  const answer = await tpp.get('/payment-funds-confirmation', access);
  return (await read<{ FundsAvailable: boolean }>(answer)).FundsAvailable;
}

test('PAY-3: funds are confirmed for the account of who gave the consent, in its currency', async () => {
  const { tpp } = openSandbox({ SANDBOX_PAYMENT_AT_AUTHORISE: 'payment' });
  const funds = { usual: true, overdrawn: false, empty: false, foreign: true };
  for (const [name, expected] of Object.entries(funds)) {
    const { access_token: access } = await tpp.connectWith(PISP, `accept&persona=${name}`);
    assert.equal(await fundsOf(tpp, access), expected, name);
  }
  for (const [name, expected] of [['usual', false], ['foreign', true]] as const) {
    const { access_token: access } = await tpp.connectWith({ ...PISP, payment: yen }, `accept&persona=${name}`);
    assert.equal(await fundsOf(tpp, access), expected, name);
  }
});

test('PAY-6: the payment page offers the person’s accounts with what they hold, in their currencies', async () => {
  const { tpp, page, location } = await opened({}, PISP);
  const offered = (html: string) => Array.from(html.matchAll(/name="account" value="(\d{8})"/g), ([, id]) => id);
  for (const name of PERSONA_NAMES) {
    const own = await page(`?persona=${name}`);
    assert.deepEqual(offered(own), idsOf(name));
    assert.ok(own.includes(`<input type="hidden" name="persona" value="${name}">`));
  }
  const abroad = await page('?persona=foreign');
  for (const sum of [/£[\d,]+\.\d\d available/, /€[\d,]+\.\d\d available/, /US\$[\d,]+\.\d\d available/]) {
    assert.match(abroad, sum);
  }
  assert.match(abroad, /¥[\d,]+ available/);
  assert.match(await page('?persona=overdrawn'), /−£[\d,]+\.\d\d available/);
  const foreign = tpp.press(location, 'accept&persona=young&account=12345678');
  assert.equal(await refusal(foreign), '400 invalid_request AUT-4');
  assert.equal((await tpp.press(location, 'accept&persona=young&account=40112358')).status, 303);
});

test('PAY-6: a stated payment is for who holds its account, and only accounts in its currency can pay it', async () => {
  const setting = { SANDBOX_PAYMENT_AT_AUTHORISE: 'payment' };
  const payment = { ...PAYMENT, AccountId: '41334455' };
  const named = await opened(setting, { ...PISP, payment });
  assert.match(await named.page(), /You are <span class="name">Mo Sample/);
  const other = await named.page('?persona=young');
  assert.match(other, /None of your accounts can make this payment/);
  assert.doesNotMatch(other, /value="accept"/);
  const { page } = await opened(setting, { ...PISP, payment: { ...yen, Amount: '12500' } });
  const abroad = await page('?persona=foreign');
  assert.match(abroad, /<p class="amount">¥12,500<\/p>/);
  assert.deepEqual(abroad.match(/value="\d{8}" (?:checked)?/g), ['value="43404040" checked']);
});

test('ACC-8: more than 5,000 rows come in pages, each once, and a page writes no more than its own', async () => {
  const { tpp, clock } = openSandbox();
  // A day on which no other test has asked for the list.
  clock.now += 3 * DAY;
  const { access_token: access } = await tpp.connectWith({}, 'accept&persona=heavy');
  const [account = assert.fail()] = accountsOf(personaNamed('heavy'));
  const all = rowsOf(account, clock.now).map(({ id }) => id);
  const seen: string[] = [];
  let most = 0;
  const write = mock.method(JSON, 'stringify');
  for (let next: string | undefined = `/accounts/${account.AccountId}/transactions`; next !== undefined; ) {
    const before = write.mock.callCount();
    const answer: Response = await tpp.get(next, access, {});
    most = Math.max(most, write.mock.callCount() - before);
    assert.equal(answer.status, 200);
    const page: { Transactions: { TransactionId: string }[]; Links: { Next?: string } } = await read(answer);
    seen.push(...page.Transactions.map(({ TransactionId }) => TransactionId));
    next = page.Links.Next?.replace(tpp.options.resourceBase, '');
  }
  write.mock.restore();
  assert.ok(all.length > 5_000);
  assert.deepEqual(seen, all);
  assert.ok(most < 60, `${most} texts for a page of 50`);
});

test('ACC-3: a test says who accepts, and the seed gives another year', async () => {
  const first = async (seed: number | undefined) => {
    await using open = await startStrict({ persona: 'young', ...(seed !== undefined && { seed }) });
    const { sandbox, tpp } = open;
    const tokensOf = async (code: string) => read<Tokens>(await tpp.token({ grant_type: 'authorization_code', code }));
    const usual = await tokensOf(await newCode(sandbox, tpp));
    assert.deepEqual(await listed(tpp, usual.access_token), idsOf('young'));
    const { location } = await read<{ location: string }>(await tpp.authorise());
    const back = await sandbox.accept(location, { persona: 'busy', permissions: ['accounts:read'] });
    const busy = await tokensOf(new URL(back).searchParams.get('authorisation_code') ?? '');
    assert.deepEqual(await listed(tpp, busy.access_token), idsOf('busy'));
    assert.equal((await tpp.get('/accounts/41223344/balance', busy.access_token)).status, 403);
    const answer = await tpp.get('/accounts/40112358/transactions', usual.access_token);
    assert.deepEqual(sandbox.violations, []);
    return (await read<{ Transactions: object[] }>(answer)).Transactions;
  };
  assert.deepEqual(await first(0), await first(undefined));
  assert.notDeepEqual(await first(1), await first(0));
});
