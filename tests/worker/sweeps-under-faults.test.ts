/**
 * Plans that a consent carries out while every call for data meets a fault, on a virtual clock
 * (tests/rig/virtual-world.ts).
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fault } from 'tell-connect-sandbox/faults';
import type { SweepResult } from 'tell-connect/worker';
import { accountsOf, personaNamed } from '../../sandbox/src/data/people.ts';
import { FAULT_NAMES, type FaultName, faultNamed } from '../rig/fault-kinds.ts';
import { value } from '../rig/host.ts';
import { DAY } from '../rig/virtual-bank.ts';
import { BEGAN, PLAN } from '../rig/virtual-month.ts';
import { VirtualWorld } from '../rig/virtual-world.ts';

const HOUR = 3_600_000;
/** From when to when all is bad, since the consent. */
const [BAD, GOOD, END] = [12 * HOUR, DAY + 6 * HOUR, 3 * DAY];
const CUSTOMERS = 3;
/** A bank that answers 401 to all, even to what it has just issued, has revoked (REV-1): this one does now and then. */
const EACH: Partial<Record<FaultName, number>> = { '401-once': 5 };

interface Life {
  world: VirtualWorld;
  states: string[];
  /** With when each came. */
  results: { at: number; result: SweepResult }[];
  /** How often the bank was asked while all was bad. */
  askedBadly: number;
}

async function live(kind: FaultName): Promise<Life> {
  const results: Life['results'] = [];
  const world = await VirtualWorld.begin({
    seed: 4, began: BEGAN, take: (result) => void results.push({ at: world.clock.now, result }),
  });
  const { clock, bank, tell } = world;
  const connected: Promise<{ consent: string }>[] = [];
  clock.at(BEGAN + 1, () => {
    for (let number = 0; number < CUSTOMERS; number += 1) {
      connected.push(world.connect(`customer-${number}`, { paths: PLAN }));
    }
  });
  let askedBadly = 0;
  const fault = (): Fault | undefined => {
    askedBadly += 1;
    const isMet = askedBadly % (EACH[kind] ?? 1) === 0;
    return isMet ? faultNamed(kind) : undefined;
  };
  clock.at(BEGAN + BAD, () => (bank.fault = fault));
  clock.at(BEGAN + GOOD, () => (bank.fault = undefined));
  await clock.runUntil(BEGAN + END);
  const states: string[] = [];
  clock.at(BEGAN + END + 1, () => {
    for (const begun of connected) {
      void begun.then(async ({ consent }) => states.push(value(await tell.consent(consent)).state));
    }
  });
  await clock.runUntil(BEGAN + END + HOUR);
  return { world, states, results, askedBadly };
}

const PATHS = [
  '/accounts',
  ...accountsOf(personaNamed('usual')).flatMap(({ AccountId: id }) => [
    `/accounts/${id}/balance`,
    `/accounts/${id}/transactions`,
  ]),
];

for (const kind of FAULT_NAMES) {
  test(`ACC-2, ACC-8: plans under ${kind}`, async () => {
    const { world, states, results, askedBadly } = await live(kind);
    using _ = world;
    assert.deepEqual([world.bank.fifths, world.bank.ledger.fifths()], [[], []], 'none is asked a fifth time');
    assert.ok(askedBadly >= (EACH[kind] ?? 1), 'the fault was met');
    for (const { result } of results) JSON.parse(result.body || 'null');
    const isRevoked = kind.startsWith('revoked');
    assert.deepEqual(states, Array(CUSTOMERS).fill(isRevoked ? 'revoked' : 'active'));
    const late = results.filter(({ at }) => at > BEGAN + GOOD + 2 * HOUR).map(({ result }) => result);
    if (isRevoked) return assert.deepEqual(late, [], 'nothing is brought of what is revoked');
    for (let number = 0; number < CUSTOMERS; number += 1) {
      const own = late.filter(({ customer }) => customer === `customer-${number}`);
      const brought = new Set(own.map(({ path }) => path));
      assert.deepEqual([...brought].sort(), PATHS.toSorted(), `all is brought once the bank is well: ${number}`);
    }
  });
}
