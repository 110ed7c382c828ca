import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CODES } from 'tell-connect/machine';
import { codeToTell, readArrival } from '../src/arrival.ts';
import { permissionInWords, stateInWords } from '../src/consent-words.ts';
import { GENERAL, messageFor } from '../src/messages.ts';
import { guideFor, pathOf, stepName } from '../src/console/guide.ts';

const STATES = [
  'requested', 'authorised', 'active', 'declined', 'code_expired', 'revoked', 'reauthorise', 'spent', 'expired',
];
/** What the page itself sees. */
const OWN = ['session_lost', 'worker_unreachable', 'worker_timeout', 'worker_bad_answer'];

test('RED-2: the outcome in the hash is read, and nothing else is', () => {
  assert.deepEqual(readArrival('#connected'), { kind: 'connected' });
  assert.deepEqual(readArrival('#declined'), { kind: 'declined' });
  assert.deepEqual(readArrival('#error=redirect_mismatch'), { kind: 'error', code: 'redirect_mismatch' });
  for (const hash of ['', '#', '#main', '#Connected', '#connected=1', '#declined&x', 'connected']) {
    assert.equal(readArrival(hash), undefined, hash);
  }
});

test('ERR-2: a code that is none is not repeated on the page', () => {
  for (const code of ['', 'Call 0800 12345', '%3Cimg%3E', '__proto__', 'A', '1a', 'x'.repeat(65), 'busy&more']) {
    assert.deepEqual(readArrival(`#error=${code}`), { kind: 'error', code: 'unknown' }, code);
  }
});

test('RED-2: of a consent that is not active the server’s word is told, and the hash adds why it is not yet', () => {
  const error = { kind: 'error', code: 'gateway_timeout' } as const;
  assert.equal(codeToTell(undefined, undefined, false), undefined);
  assert.equal(codeToTell(undefined, undefined, true), 'session_lost');
  assert.equal(codeToTell({ kind: 'declined' }, undefined, false), undefined);
  assert.equal(codeToTell(error, undefined, true), 'gateway_timeout');
  for (const state of ['requested', 'authorised']) assert.equal(codeToTell(error, state, false), 'gateway_timeout');
  for (const state of ['declined', 'revoked', 'expired']) assert.equal(codeToTell(error, state, true), state);
  assert.equal(codeToTell({ kind: 'connected' }, 'requested', false), 'requested');
});

test('ERR-2: every code that the callback or another call can bring has words of its own', () => {
  const answered = Object.entries(CODES).filter(([, { met }]) => met !== 'thrown').map(([code]) => code);
  assert.ok(answered.length > 30);
  assert.deepEqual(answered.filter((code) => messageFor(code) === GENERAL), []);
  for (const code of [...answered, ...OWN]) {
    const message = messageFor(code);
    assert.ok(message.title !== '' && message.text.endsWith('.'), code);
  }
  for (const code of OWN) assert.notEqual(messageFor(code), GENERAL, code);
});

test('ERR-2: a code that is not known, or that every object has, gets the general message', () => {
  for (const code of ['unknown', 'odd_thing', 'constructor', '__proto__', 'toString']) {
    assert.equal(messageFor(code), GENERAL);
  }
});

test('REV-1: every state but active tells what it means and leads on', () => {
  for (const state of STATES) {
    assert.notEqual(stateInWords(state), state);
    if (state !== 'active') assert.ok(['connect', 'retry'].includes(messageFor(state).next), state);
  }
  assert.equal(stateInWords('resting'), 'resting');
  assert.equal(stateInWords('constructor'), 'constructor');
});

test('TOK-4: the guide’s permissions are put into words, others stay as they are', () => {
  for (const permission of 'balance:read,product:read,accounts:read,beneficiaries:read'.split(',')) {
    assert.doesNotMatch(permissionInWords(permission), /:/);
  }
  assert.equal(permissionInWords('balances:read'), permissionInWords('balance:read'));
  assert.equal(permissionInWords('account:read'), permissionInWords('accounts:read'));
  for (const odd of ['party:read', 'accounts:write', 'accounts', '', ':read', 'constructor:read']) {
    assert.equal(permissionInWords(odd), odd);
  }
});

test('ACC-3: a step is named by its kind, a read by what is read', () => {
  const base = 'https://bank.example/v1';
  assert.equal(stepName('authorise', `${base}/authorise`), 'Authorise');
  assert.equal(stepName('resource', `${base}/accounts`), 'Read accounts');
  assert.equal(stepName('resource', `${base}/accounts/22289`), 'Read account');
  assert.equal(stepName('resource', `${base}/accounts/22289/direct-debits?page=2`), 'Read direct debits');
  assert.equal(stepName('resource', undefined), 'Read');
  assert.equal(stepName('resource', 'https://bank.example/'), 'Read');
  assert.equal(stepName('novel', base), 'novel');
});

test('JWS-3: the guide to a step explains each kind, and a path has neither host nor query', () => {
  for (const call of ['authorise', 'redirect', 'exchange', 'refresh', 'resource']) {
    assert.notEqual(guideFor(call).demand, '', call);
  }
  assert.deepEqual(guideFor('constructor'), { name: 'constructor', demand: '' });
  assert.equal(pathOf('https://bank.example/v1/accounts?x=1'), '/v1/accounts');
  assert.equal(pathOf('no address'), 'no address');
});
