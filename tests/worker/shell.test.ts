/** The parts of the worker's shell that need no worker: each against the platform's own APIs, or a stand-in of one. */

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Hono } from 'hono';
import { limitPerAddress, type Limits } from '../../pkg/dist/worker/limit.js';
import { afterFailure } from '../../pkg/dist/worker/unreadable.js';
import { audit, digestOf } from '../../pkg/dist/worker/audit.js';
import { Callers, inTime, LAST_DEADLINE_MS } from '../../pkg/dist/worker/callers.js';
import { problemOf } from '../../pkg/dist/worker/problem.js';
import { Seal } from '../../pkg/dist/worker/seal.js';
import { consents, vaultOf, type Vault } from '../../pkg/dist/worker/stub.js';

const DAY = 24 * 60 * 60 * 1000;
const KEYS = [7, 8].map((first) => new Uint8Array(32).map((_, at) => first * at));
const OLD_KEY = new Uint8Array(32).map((_, at) => at);
/** Sealed for `object-1` before there was a version. */
const OLD = 'Yw3NKWbEM2a75YbmPJempQHKgS7Ffk3gYjSbVTFUODPz4mPeNqQIAn7Fa66rwK23D7/uHBd1RcQyN+aznO7w';

test('REV-2: what was sealed before there was a version still opens, for its own object alone', async () => {
  const old = new Uint8Array(Buffer.from(OLD, 'base64'));
  const seal = await Seal.of([KEYS[0]!, OLD_KEY]);
  assert.equal(await seal.open(old, 'object-1'), '{"v":2,"phase":"requested"}');
  await assert.rejects(seal.open(old, 'object-2'), { code: 'snapshot_damaged' });
  await assert.rejects((await Seal.of([KEYS[0]!])).open(old, 'object-1'), { code: 'vault_key_unknown' });
});

test('ERR-2: what is sealed opens under its key and for its object, and not a bit of it can be changed', async () => {
  const [first, second] = await Promise.all([Seal.of(KEYS), Seal.of([KEYS[1]!, KEYS[0]!])]);
  const bytes = new Uint8Array(await first.seal('tokens', 'object-1'));
  assert.equal(bytes[0], 2);
  for (const seal of [first, second]) assert.equal(await seal.open(bytes, 'object-1'), 'tokens');
  await assert.rejects(first.open(bytes, 'object-2'), { code: 'snapshot_damaged' });
  await assert.rejects((await Seal.of([KEYS[1]!])).open(bytes, 'object-1'), { code: 'vault_key_unknown' });
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = bytes.slice();
    changed[at]! ^= 1;
    await assert.rejects(first.open(changed, 'object-1'), /vault_key_unknown|snapshot_damaged/);
  }
  await assert.rejects(first.open(new Uint8Array(), 'object-1'), { code: 'vault_key_unknown' });
});

test('ERR-2: no object is sealed under the vault key itself, nor under the key of another', async () => {
  const bytes = new Uint8Array(await (await Seal.of(KEYS)).seal('tokens', 'object-1'));
  const open = async (key: CryptoKey): Promise<ArrayBuffer> => crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: bytes.subarray(9, 21), additionalData: Buffer.from('object-1') }, key, bytes.subarray(21));
  const direct = await crypto.subtle.importKey('raw', KEYS[0]!, 'AES-GCM', false, ['decrypt']);
  await assert.rejects(open(direct));
  const root = await crypto.subtle.importKey('raw', KEYS[0]!, 'HKDF', false, ['deriveKey']);
  for (const object of ['object-1', 'object-2']) {
    const info = Buffer.from(`tell-connect snapshot 2:${object}`);
    const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
    const key = await crypto.subtle.deriveKey(algorithm, root, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
    if (object === 'object-1') assert.equal(Buffer.from(await open(key)).toString(), 'tokens');
    else await assert.rejects(open(key));
  }
});

/** Stubs of which the first ones fail so; how many were got. */
function failing(...failures: object[]): { vault: Vault; got: () => number } {
  let got = 0;
  const vault = vaultOf(() => {
    const failure = failures[got];
    got += 1;
    const call = async <T>(value: T): Promise<T> => {
      if (failure !== undefined) throw Object.assign(new Error('secret'), failure);
      return value;
    };
    return { ask: () => call({ kind: 'connected' }), view: () => call(null), about: () => call(null), journey: () => call('{}') };
  });
  return { vault, got: () => got };
}

const GET = { type: 'wanted', method: 'GET', path: '/accounts' } as const;
const CALLBACK = { type: 'redirected', url: 'https://tpp.example/api/callback' } as const;

test('RED-4: a call that a deploy cuts off is tried once more on a fresh stub, the callback too', async () => {
  for (const wish of [CALLBACK, GET, { type: 'start', scope: 'aisp' }, { type: 'forget' }] as const) {
    const { vault, got } = failing({ retryable: true });
    assert.deepEqual(await vault.ask(wish), { kind: 'connected' });
    assert.equal(got(), 2);
  }
  assert.equal(await failing({ retryable: true }).vault.view(), null);
  assert.equal(await failing({ retryable: true }).vault.journey(), '{}');
  const { vault, got } = failing({ retryable: true }, { retryable: true }, {});
  const reply = await vault.ask(CALLBACK);
  assert.equal(reply.kind === 'failed' && reply.problem.code, 'internal');
  assert.equal(got(), 2);
});

test('PAY-2: a call that changes something at the bank is made once', async () => {
  const { vault, got } = failing({ retryable: true });
  assert.equal((await vault.ask({ type: 'wanted', method: 'POST', path: '/payments', body: '{}' })).kind, 'failed');
  assert.equal(got(), 1);
});

test('ERR-2: an overloaded object is `busy` and left in peace; whatever else fails is `internal`, and tells nothing', async () => {
  for (const [failure, code] of [[{ overloaded: true }, 'busy'], [{ overloaded: true, retryable: true }, 'busy'],
    [{ retryable: 'yes' }, 'internal'], [{}, 'internal']] as const) {
    const { vault, got } = failing(failure);
    const reply = await vault.ask(CALLBACK);
    assert.equal(reply.kind === 'failed' && reply.problem.code, code);
    assert.equal(got(), 1);
    assert.ok(!JSON.stringify([reply, await failing(failure).vault.view()]).includes('secret'));
  }
  assert.equal(problemOf(undefined).code, 'internal');
});

test('CFG-4: objects are within the jurisdiction of the setting, or, in production, nowhere', () => {
  const named: string[] = [];
  const place = (where: string): object => ({
    idFromName: (name: string) => named.push(`${where} ${name}`),
    get: () => ({ view: async () => null }),
  });
  type Consents = Parameters<typeof consents>;
  const settings = (jurisdiction: string | undefined, environment: string): Consents[1] =>
    ({ settings: { jurisdiction, environment } }) as unknown as Consents[1];
  const namespace = { CONSENTS: { ...place('anywhere'), jurisdiction: place } } as unknown as Consents[0];
  void consents(namespace, settings('eu', 'production'))('a').view();
  void consents(namespace, settings(undefined, 'production'))('b').view();
  const isNone = (): never => { throw new Error('not implemented'); };
  const local = { CONSENTS: { ...place('local'), jurisdiction: isNone } } as unknown as Consents[0];
  void consents(local, settings('us', 'sandbox'))('c').view();
  assert.throws(() => consents(local, settings('us', 'production')), { code: 'configuration_invalid' });
  assert.deepEqual(named, ['eu a', 'anywhere b', 'local c']);
});

test('REV-2: whoever waits for a machine that never answers is told so after 45 seconds, and is forgotten', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const callers = new Callers();
    let caller = 0;
    const asked = callers.ask(async (who) => void (caller = who));
    const looked = inTime(new Promise<string>(() => undefined), 'late');
    mock.timers.tick(LAST_DEADLINE_MS - 1);
    assert.equal(callers.size, 1);
    mock.timers.tick(1);
    assert.equal(callers.size, 0);
    const reply = await asked;
    assert.equal(reply.kind === 'failed' && reply.problem.code, 'gateway_timeout');
    assert.equal(await looked, 'late');
    callers.answer(caller, { kind: 'connected' });

    const answered = callers.ask(async (who) => callers.answer(who, { kind: 'connected' }));
    assert.deepEqual(await answered, { kind: 'connected' });
    await assert.rejects(callers.ask(async () => Promise.reject(new Error('gone'))));
    assert.equal(callers.size, 0);
  } finally {
    mock.timers.reset();
  }
});

test('REV-2: what cannot be read is read daily, and erased after 90 days and a week, once two clocks agree', () => {
  const start = 1_800_000_000_000;
  let note: Parameters<typeof afterFailure>[0];
  let now = start;
  for (let day = 0; day <= 97; day += 1, now += DAY) {
    const next = afterFailure(note, now);
    assert.ok(next !== 'erase', `day ${day}`);
    assert.deepEqual(next, { at: now + (day === 0 || day === 97 ? 60_000 : DAY), note: { since: start, last: now } });
    note = next.note;
  }
  now -= DAY;
  assert.ok(afterFailure(note, now + 1000) !== 'erase', 'the same reading of the clock confirms nothing');
  assert.equal(afterFailure(note, now + 60_000), 'erase');
  const jumped = afterFailure({ since: start, last: start + DAY }, start + 400 * DAY);
  assert.ok(jumped !== 'erase', 'a clock that jumps erases nothing by itself');
});

test('ERR-4: what the platform\'s limiter refuses is 429 with Retry-After; without one, or with a broken one, nothing is', async () => {
  const keys: string[] = [];
  const app = new Hono<{ Bindings: Limits }>();
  app.use(limitPerAddress);
  app.get('/', (c) => c.text('in'));
  const call = async (binding: object | undefined, address: string | undefined): Promise<Response> => app.request('/',
    { headers: address === undefined ? {} : { 'CF-Connecting-IP': address } },
    (binding ? { TELL_LIMIT_AUTHORISE: binding } : {}) as Limits);
  const full = { limit: async ({ key }: { key: string }) => ({ success: keys.push(key) > 99 }) };
  for (const address of ['198.51.100.7', '2001:db8::1', '2001:0DB8:0:0:ffff::', '::ffff:1', '2001:db8:1:2:3:4:5:6']) {
    const refused = await call(full, address);
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get('Retry-After'), '60');
    assert.equal((await refused.json() as { code: string }).code, 'too_many_requests');
  }
  assert.deepEqual(keys, ['198.51.100.7', '2001:db8:0:0::/64', '2001:db8:0:0::/64', '0:0:0:0::/64', '2001:db8:1:2::/64']);
  const open = [undefined, { limit: async () => ({ success: true }) }, { limit: async () => Promise.reject(new Error()) },
    { limit: () => { throw new Error('broken'); } }, {}];
  for (const binding of open) assert.equal((await call(binding, '198.51.100.7')).status, 200);
  for (const address of [undefined, '127.0.0.1', '::1']) assert.equal((await call(full, address)).status, 200);
});

test('ERR-2: a line of the audit trail has time, kind, code and digest; a queue that fails loses none', async () => {
  const log = mock.method(console, 'log', () => undefined);
  try {
    const sent: unknown[] = [];
    const line = { at: '2026-01-01T00:00:00.000Z', kind: 'refusal', code: 'declined' } as const;
    const env = (send: (line: unknown) => Promise<void>): Parameters<typeof audit>[2] =>
      ({ TELL_AUDIT_QUEUE: { send } }) as unknown as Parameters<typeof audit>[2];
    const written = { audit: 1, ...line, consent: await digestOf('id') };
    assert.match(written.consent, /^[0-9a-f]{16}$/);
    await audit(line, 'id', env(async (each) => void sent.push(each)), 'queue');
    assert.deepEqual(sent, [written]);
    assert.equal(log.mock.callCount(), 0);
    await audit(line, 'id', env(async () => Promise.reject(new Error('full'))), 'queue');
    await audit(line, 'id', {} as Parameters<typeof audit>[2], 'queue');
    await audit(line, 'id', env(async () => undefined), 'console');
    assert.deepEqual(log.mock.calls.map(({ arguments: [text] }) => text), Array(3).fill(JSON.stringify(written)));
  } finally {
    log.mock.restore();
  }
});
