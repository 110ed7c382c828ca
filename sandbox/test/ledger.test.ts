import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { paymentAnswer } from '../src/data/payments.ts';
import { Ledger } from '../src/ledger.ts';
import { sqlOf } from '../src/node/sql.ts';
import { PAYMENT, UUID } from './support/tpp.ts';

const NOW = Date.UTC(2026, 5, 15, 12);
const BODY = JSON.stringify(PAYMENT);
const INTENT = { id: 'new', uuid: UUID, app: 'app-one', scope: 'pisp', sandboxSca: false, payment: BODY } as const;
const ACCEPTED = {
  accepted: true,
  codeHash: 'hash',
  codeSeconds: 60,
  account: '23456789',
  permissions: null,
  persona: 'busy',
} as const;

/** As the first version of the gateway has left it. */
const FORMER_BOOKS = `
  CREATE TABLE intent (
    id TEXT PRIMARY KEY, uuid TEXT NOT NULL, app TEXT NOT NULL, scope TEXT NOT NULL, sandbox_sca INTEGER NOT NULL,
    state TEXT NOT NULL, requested_at INTEGER NOT NULL, decided_at INTEGER) STRICT;
  CREATE TABLE token (
    hash TEXT PRIMARY KEY, kind TEXT NOT NULL, intent TEXT NOT NULL, expires_at INTEGER NOT NULL,
    spent_at INTEGER) STRICT;
  CREATE TABLE unattended (intent TEXT NOT NULL, endpoint TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
  CREATE INDEX unattended_by_endpoint ON unattended (intent, endpoint, at);
  CREATE TABLE payment (
    intent TEXT PRIMARY KEY, id TEXT NOT NULL, body TEXT NOT NULL, submitted_at INTEGER NOT NULL) STRICT;
  INSERT INTO intent VALUES ('old', '${UUID}', 'app-one', 'pisp', 0, 'accepted', ${NOW}, ${NOW});
  INSERT INTO payment VALUES ('old', 'p-1', '${BODY}', ${NOW});`;

function bookFile(context: TestContext): () => Ledger {
  const folder = mkdtempSync(join(tmpdir(), 'tell-ledger-'));
  const path = join(folder, 'bank.sqlite');
  const databases: DatabaseSync[] = [];
  context.after(() => {
    databases.forEach((database) => database.isOpen && database.close());
    rmSync(folder, { recursive: true });
  });
  const former = new DatabaseSync(path);
  former.exec(FORMER_BOOKS);
  former.close();
  return () => {
    databases.at(-1)?.close();
    const database = new DatabaseSync(path);
    databases.push(database);
    return new Ledger(sqlOf(database));
  };
}

test('PAY-3, PAY-6: books of an earlier version are read on, and stated payments survive a restart', (context) => {
  const reopen = bookFile(context);
  const first = reopen();
  const { payment: former, account: payer, persona } = first.find('old') ?? assert.fail();
  assert.deepEqual([former, payer, persona], [null, null, null]);
  const { Status: status } = paymentAnswer(first.payment('old') ?? assert.fail(), NOW + 10_000) as { Status: string };
  assert.equal(status, 'AcceptedSettlementCompleted');
  assert.equal(first.submit('old', { id: 'p-2', body: BODY, submittedAt: NOW }).submitted, false);
  first.open(INTENT, { uuidIsNew: false }, NOW);
  assert.equal(reopen().find('new')?.payment, BODY);
  const decided = reopen();
  assert.equal(decided.decide('new', ACCEPTED, NOW).decided, true);
  assert.equal(decided.submit('new', { id: 'p-3', body: BODY, submittedAt: NOW + 1 }).submitted, true);
  const last = reopen();
  const kept = last.find('new') ?? assert.fail();
  assert.deepEqual([kept.state, kept.account, kept.payment, kept.persona], ['accepted', '23456789', BODY, 'busy']);
  assert.deepEqual(last.payments().map(({ id, intentId }) => [id, intentId]), [['p-1', 'old'], ['p-3', 'new']]);
});

test('PAY-6: what was stated is deleted with its intent', (context) => {
  const ledger = bookFile(context)();
  ledger.open({ ...INTENT, id: 'forgotten' }, { uuidIsNew: false }, NOW);
  ledger.decide('forgotten', ACCEPTED, NOW);
  const later = NOW + 92 * 86_400_000;
  ledger.open({ ...INTENT, id: 'next' }, { uuidIsNew: false }, later);
  // An intent of the same name has nothing of the former.
  ledger.open({ ...INTENT, id: 'forgotten', payment: null }, { uuidIsNew: false }, later);
  const { payment, account, persona } = ledger.find('forgotten') ?? assert.fail();
  assert.deepEqual([payment, account, persona], [null, null, null]);
  assert.equal(ledger.find('next')?.payment, BODY);
});
