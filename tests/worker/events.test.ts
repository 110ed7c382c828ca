/** What the host is told: each event at least once, by handler and by queue, with one id, whoever is away meanwhile. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import * as faults from 'tell-connect-sandbox/faults';
import type { AuthoriseOptions, HostEvent } from 'tell-connect/worker';
import { Ear } from '../rig/ear.ts';
import { codeOf, Host, value } from '../rig/host.ts';
import { assertNoneIn } from '../rig/leaks.ts';
import { payment } from '../rig/payments.ts';
import { until } from '../rig/until.ts';
import { connect, World } from '../rig/world.ts';

const PUBLIC = '198.51.99.7';
const LATE = 60_000;
/** Twice the time after which a delivery that a stop cut short is tried again. */
const CUT_SHORT = 120_000;

class EventEar extends Ear<HostEvent> {
  /** Of one consent, each once, in the order in which they came about. */
  of(uuid: string, way: string): HostEvent[] {
    const own = this.heard[way]?.filter((event) => event.uuid === uuid) ?? [];
    return [...new Map(own.map((event) => [event.id, event])).values()].sort((a, b) => a.at.localeCompare(b.at));
  }

  /** Waits until both ways have told these of a consent, and gives them as they were told. */
  async hears(uuid: string, ...types: string[]): Promise<HostEvent[]> {
    const isTold = (way: string): boolean =>
      types.every((type) => this.of(uuid, way).some((event) => event.type === type));
    await until(() => isTold('handler') && isTold('queue'), CUT_SHORT, types.join());
    const [told, queued] = [this.of(uuid, 'handler'), this.of(uuid, 'queue')];
    assert.deepEqual(queued, told, 'both ways tell the same');
    assert.deepEqual(told.map(({ type }) => type).sort(), types.toSorted(), 'and nothing else');
    return told;
  }
}

const ear = new EventEar();
let world: World;
let host: Host;
before(async () => {
  const url = await ear.open();
  const config = join(import.meta.dirname, 'host/told.jsonc');
  world = await World.createWith(() => ({ gateway: {}, settings: { TOLD_URL: url }, config }));
  host = await Host.start(world);
});
after(async () => {
  await host?.stop();
  await world?.end();
  ear.close();
});
afterEach(() => world.assertNoViolations());

async function connected(options: Partial<AuthoriseOptions> = {}): Promise<{ consent: string; uuid: string }> {
  const { consent, uuid, location } = value(await host.tell.authorise({ scope: 'aisp', ...options }));
  assert.equal(value(await host.tell.callback(await world.gateway.accept(location))).outcome, 'connected');
  return { consent, uuid };
}

const read = (consent: string): Promise<unknown> =>
  codeOf(host.tell.resource(consent, { path: '/accounts', userIp: PUBLIC }));

test('CON-1: a first connection is told as connected, one in its place as renewed, the former as nothing', async () => {
  const customer = crypto.randomUUID();
  await host.tell.authorise({ scope: 'aisp', customer });
  await connected({ scope: 'pisp', customer });
  const first = await connected({ customer });
  const [told] = await ear.hears(first.uuid, 'connected');
  const { id, at, ...rest } = told ?? assert.fail();
  assert.ok(id !== '' && Math.abs(Date.parse(at) - Date.now()) < LATE);
  assert.deepEqual(rest, { type: 'connected', uuid: first.uuid, scope: 'aisp', application: 'default', customer });
  const second = await connected({ customer });
  await ear.hears(second.uuid, 'renewed');
  await ear.hears(first.uuid, 'connected');
});

test('REV-1, REF-3: how a consent ended is told, of a browser\'s too', async () => {
  const [revoked, unsure] = [await connected(), await connected()];
  world.gateway.faults.next('refresh', faults.lostAnswer());
  world.gateway.dropAccessTokens();
  await read(unsure.consent);
  const { uuid } = unsure;
  assert.equal(await read(unsure.consent), 'reauthorise');
  await ear.hears(uuid, 'connected', 'reauthorise');
  const browser = await connect(world);
  world.gateway.revoke();
  assert.equal(await read(revoked.consent), 'revoked');
  await ear.hears(revoked.uuid, 'connected', 'revoked');
  await browser.get('/api/accounts');
  const known = value(await host.handleOfRequest(browser.cookies));
  assert.equal(value(await host.tell.consent(known.consent)).state, 'revoked');
  const ends = (): number => (ear.heard['queue'] ?? []).filter(({ type }) => type === 'revoked').length;
  await until(() => ends() >= 2, LATE, 'the browser\'s');
});

test('PAY-3: each state of a payment is told, with its order and what the bank calls it', async () => {
  const [order, customer] = [`order-${crypto.randomUUID()}`, crypto.randomUUID()];
  const { consent, uuid } = await connected({ scope: 'pisp', payment: payment('12.50'), order, customer });
  const { reference } = value(await host.tell.pay(consent));
  world.gateway.clock.advance(11);
  assert.equal(value(await host.tell.payment(consent)).state, 'settled');
  const told = await ear.hears(uuid, 'connected', 'payment.accepted', 'payment.settled');
  const last = told.find(({ type }) => type === 'payment.settled');
  assert.deepEqual([last?.order, last?.customer, last?.scope], [order, customer, 'pisp']);
  assert.deepEqual(last?.payment, { state: 'settled', bankStatus: 'AcceptedSettlementCompleted', reference });

  const lost = await connected({ scope: 'pisp', payment: payment('1.07') });
  await host.tell.pay(lost.consent);
  await ear.hears(lost.uuid, 'connected', 'payment.unknown');
  const refused = await connected({ scope: 'pisp', payment: payment('1.06') });
  await host.tell.pay(refused.consent);
  await ear.hears(refused.uuid, 'connected', 'payment.rejected');
});

test('PAY-3: a handler that fails for a while is told again, with the same id, and loses none', async () => {
  ear.away.add('handler');
  const [one, ended] = [await connected(), await connected({ customer: 'of whom nothing is left' })];
  // Deleted before anybody could be told of it.
  assert.deepEqual(await host.tell.forget(ended.consent), { forgotten: true });
  await until(() => ear.refused >= 2, LATE, 'an attempt at each');
  assert.deepEqual([ear.of(one.uuid, 'handler'), ear.of(ended.uuid, 'handler')], [[], []]);
  ear.away.clear();
  await ear.hears(one.uuid, 'connected');
  await ear.hears(ended.uuid, 'connected');
  // The queue had each of them more than once meanwhile: every time with the one id.
  // Its consumer is handed a batch when it pleases the queue, so the second copy is waited for.
  const queued = (): { id: string }[] => (ear.heard['queue'] ?? []).filter(({ uuid }) => uuid === one.uuid);
  await until(() => queued().length > 1, LATE, 'a second copy in the queue');
  assert.equal(new Set(queued().map(({ id }) => id)).size, 1, JSON.stringify(queued()));
});

test('PAY-3: a queue that cannot be reached loses none, across a restart', async () => {
  ear.away.add('reach');
  const customer = crypto.randomUUID();
  const payer = await connected({ scope: 'pisp', payment: payment('12.50'), customer });
  const reader = await connected();
  await host.tell.pay(payer.consent);
  await host.tell.forget(payer.consent);
  await world.worker.stop();
  assert.deepEqual([ear.of(payer.uuid, 'queue'), ear.of(reader.uuid, 'queue')], [[], []]);
  ear.away.clear();
  await world.start();
  await ear.hears(payer.uuid, 'connected', 'payment.accepted');
  await ear.hears(reader.uuid, 'connected');
  assert.deepEqual(await host.tell.consents(customer), { consents: [] });
});

test('ERR-2: no event holds a secret', () => {
  assertNoneIn('what the host was told', JSON.stringify(ear.heard), world.gateway.secrets());
});
