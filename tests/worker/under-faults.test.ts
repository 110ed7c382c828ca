/** The customer's journeys, each call of them met by each fault once, with what the protocol makes of it. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Endpoint } from 'tell-connect-sandbox/node';
import { FAULT_NAMES, type FaultName, faultNamed, unnamedKinds } from '../rig/fault-kinds.ts';
import { outcome, type Reply } from '../rig/client.ts';
import { RESOURCES } from '../rig/answers.ts';
import { agreed, pay, PAYMENT, type Told } from '../rig/payments.ts';
import { ACCOUNTS, authorise, connect, consentState, World } from '../rig/world.ts';

interface Expected {
  /** AUT-4, ERR-3: `connected`, or why the bank's page is not come to. */
  authorise: string;
  /** TOK-1, TOK-2, ERR-3: what the callback ends on. */
  exchange: string;
  /** ACC-4, ERR-3, REV-1: `read`, or a code; and what the consent is afterwards. */
  resource: string;
  /** REF-2, REF-3, REV-1: the same, with a token that has to be refreshed. */
  refresh: string;
  /** PAY-2: the state, and how often the bank has paid. */
  payment: string;
}

/** The call is made again, and nobody notices; but a payment is not (ERR-3). */
const REPEATED: Expected = {
  authorise: 'connected', exchange: 'connected', resource: 'read, active', refresh: 'read, active',
  payment: 'unknown, paid 0',
};
/** An answer that is late is an answer. */
const LATE: Expected = { ...REPEATED, payment: 'accepted, paid 1' };
/** A code and a refresh token that were spent without an answer are refused when they are sent again (REF-3). */
const LOST: Expected = {
  ...REPEATED, exchange: 'error=reauthorise', refresh: 'reauthorise, reauthorise', payment: 'unknown, paid 1',
};
/** What is no answer of the gateway's says nothing about what it has done. */
const NO_ANSWER: Expected = { ...REPEATED, authorise: 'gateway_bad_answer' };

const EXPECTED: Readonly<Record<FaultName, Expected>> = {
  'status 503': REPEATED,
  'status 500': REPEATED,
  'retry-after': REPEATED,
  'delay': LATE,
  'drip': LATE,
  'drop-before': REPEATED,
  'drop-after': LOST,
  'cut-body': LOST,
  'garbage': NO_ANSWER,
  'html': NO_ANSWER,
  // An answer without a body is passed on like any (ACC-4).
  'empty': { ...LOST, authorise: 'gateway_bad_answer', resource: 'other, active' },
  // ACC-7: the bank may call it what it likes.
  'wrong-type': LATE,
  // Whole JSON of a resource is passed on as it is (ACC-4).
  'wrong-shape': { ...LOST, authorise: 'gateway_bad_answer', resource: 'other, active' },
  'unknown-members': { ...LATE, resource: 'other, active' },
  'no-refresh-token': LATE,
  // What comes back is the bank's word on the second: spent, or paid already. It says nothing about the first.
  'duplicate': {
    ...LATE, exchange: 'error=reauthorise', refresh: 'revoked, revoked', payment: 'unknown, paid 1',
  },
  'revoked after': { ...LATE, refresh: 'revoked, revoked' },
  '401-once': {
    authorise: 'gateway_refused_client', exchange: 'error=reauthorise', resource: 'read, active',
    refresh: 'revoked, revoked', payment: 'rejected, paid 0',
  },
  '403-limit': {
    authorise: 'gateway_refused', exchange: 'error=gateway_refused', resource: 'gateway_refused, active',
    refresh: 'gateway_refused, active', payment: 'rejected, paid 0',
  },
  'invalid_grant': {
    authorise: 'gateway_refused', exchange: 'error=reauthorise', resource: 'gateway_refused, active',
    refresh: 'revoked, revoked', payment: 'rejected, paid 0',
  },
  'revoked-in-flight': {
    authorise: 'connected', exchange: 'error=reauthorise', resource: 'revoked, revoked', refresh: 'revoked, revoked',
    payment: 'rejected, paid 0',
  },
};

let world: World;
before(async () => {
  world = await World.create();
});
after(() => world.end());

/** Does something in which the next call of an endpoint meets a fault, and no other does. */
async function during<T>(endpoint: Endpoint, name: FaultName, act: () => Promise<T>): Promise<T> {
  const asked = world.gateway.count(endpoint);
  world.gateway.faults.next(endpoint, faultNamed(name));
  const result = await act();
  world.gateway.faults.clear();
  assert.ok(world.gateway.count(endpoint) > asked, 'the call was made');
  world.assertNoViolations();
  return result;
}

const codeOf = (reply: Reply): string => reply.json<{ code: string }>().code;

function reading(reply: Reply): string {
  if (reply.status !== 200) return codeOf(reply);
  return reply.text === RESOURCES['/accounts'] ? 'read' : 'other';
}

test('each kind of fault that the gateway knows is met', () => assert.deepEqual(unnamedKinds(), []));

for (const kind of FAULT_NAMES) {
  describe(`under ${kind}`, () => {
    const expected = EXPECTED[kind];

    test('AUT-4, ERR-3: authorise', async () => {
      const client = world.worker.client();
      const reply = await during('authorise', kind, () => client.post('/api/authorise', { scope: 'aisp' }));
      if (reply.status !== 201) return assert.equal(codeOf(reply), expected.authorise);
      const back = await world.gateway.accept(reply.json<{ location: string }>().location);
      assert.equal(outcome(client, await client.navigate(back)), expected.authorise);
    });

    test('TOK-1, TOK-2: the exchange of the code', async () => {
      const client = world.worker.client();
      const back = await world.gateway.accept((await authorise(client)).location);
      const reply = await during('exchange', kind, () => client.navigate(back));
      assert.equal(outcome(client, reply), expected.exchange);
    });

    test('ACC-4, REV-1: a read', async () => {
      const client = await connect(world);
      const reply = await during('resource', kind, () => client.get(ACCOUNTS));
      assert.equal(`${reading(reply)}, ${await consentState(client)}`, expected.resource);
    });

    test('REF-2, REF-3: a refresh', async () => {
      const client = await connect(world);
      world.gateway.dropAccessTokens();
      const reply = await during('refresh', kind, () => client.get(ACCOUNTS));
      assert.equal(`${reading(reply)}, ${await consentState(client)}`, expected.refresh);
    });

    test('PAY-2: a payment, and the same again', async () => {
      const client = await agreed(world);
      const before = world.gateway.payments.length;
      await during('payment', kind, () => pay(client, PAYMENT));
      const { state } = (await pay(client, PAYMENT)).json<Told>();
      assert.equal(`${state}, paid ${world.gateway.payments.length - before}`, expected.payment);
    });
  });
}
