/**
 * Crashes while an order is paid. Five browsers with a consent each pay one order; the bank's answers are lost at random,
 * and the worker is killed with SIGKILL and started again on the state it left. Then they try again. At most one payment
 * of the order is made, and nobody is told of one that is not. `KILLS=n` kills it n times, `SEED=n` chooses the moments.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as faults from 'tell-connect-sandbox/faults';
import type { Client, Reply } from '../rig/client.ts';
import { agreed, pay, PAYMENT, type Told } from '../rig/payments.ts';
import { until } from '../rig/until.ts';
import { World } from '../rig/world.ts';
import { random } from './crash/random.ts';

const KILLS = Number(process.env['KILLS'] ?? 4);
const SEED = Number(process.env['SEED'] ?? 1);
const BROWSERS = 5;
const RECOVERY_MILLISECONDS = 40_000;
const LONGEST_DELAY_MILLISECONDS = 300;
/** What the bank does to the first submission: loses it before or after it paid, fails, or nothing. */
const FATES = {
  lost: () => faults.lostRequest(),
  unanswered: () => faults.lostAnswer(),
  failed: () => faults.status(500),
  refused: () => faults.instead(() => Response.json({ error: 'invalid_request' }, { status: 400 })),
  answered: () => undefined,
} as const;
/** When the worker is killed: while the bank has not paid yet, has paid and not answered, or after some milliseconds. */
const MOMENTS = ['unprocessed', 'unanswered', 'any'] as const;
/** What is told of a payment that the bank made. */
const MADE = ['accepted', 'settled', 'credited'];

let world: World;
before(async () => {
  world = await World.create();
});
after(() => world.end());

/** What a browser is told of the order: how its payment stands; nothing where it is to come back. */
function toldBy(reply: Reply): string | undefined {
  const told = reply.json<Told & { code?: string; payment?: Told }>();
  if (told.code === undefined) return told.state;
  if (told.code === 'order_already_paid' || told.code === 'payment_already_submitted') return told.payment?.state;
  if (told.code === 'gateway_refused') return 'rejected';
  assert.match(told.code, /^(busy|gateway_\w+)$/, `${reply.status} ${reply.text}`);
  return undefined;
}

test(`PAY-2, PAY-5: ${KILLS} kills, seed ${SEED}`, async (context) => {
  const next = random(SEED);
  const of = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
  const tally: Record<string, number> = {};
  for (let number = 1; number <= KILLS; number += 1) {
    const [fate, moment] = [of(Object.keys(FATES) as (keyof typeof FATES)[]), of(MOMENTS)];
    const delay = Math.floor(next() * LONGEST_DELAY_MILLISECONDS);
    const order = `order-${SEED}-${number}`;
    await context.test(`PAY-2, PAY-5: kill ${number}, ${fate}, ${moment === 'any' ? `after ${delay} ms` : moment}`, async () => {
      const payment = { ...PAYMENT, Reference: order };
      const browsers: Client[] = [];
      for (let each = 0; each < BROWSERS; each += 1) browsers.push(await agreed(world, { payment, order }));
      const made = (): number => world.gateway.payments.filter(({ body }) => body.includes(`"${order}"`)).length;

      const hold = moment === 'any' ? undefined
        : world.gateway.faults.next('payment', faults.hold(moment === 'unprocessed' ? 'before' : 'after'));
      const fault = FATES[fate]();
      if (hold === undefined && fault !== undefined) world.gateway.faults.next('payment', fault);
      const acts = browsers.map((browser) => pay(browser, {}).then(() => undefined, () => undefined));
      await (hold?.reached ?? new Promise((pass) => setTimeout(pass, delay)));
      await world.worker.kill();
      world.gateway.faults.clear();
      // A request that the gateway still holds was never processed: the connection it came on is dead.
      if (moment === 'unanswered') hold?.release();
      await Promise.all(acts);
      await world.start();
      // What is tried now may fail as well.
      const again = FATES[of(Object.keys(FATES) as (keyof typeof FATES)[])]();
      if (again !== undefined) world.gateway.faults.next('payment', again);

      const states: string[] = [];
      for (const browser of browsers) {
        let told: string | undefined;
        await until(async () => {
          const reply = await pay(browser, {});
          assert.notEqual(reply.status, 500, reply.text);
          told = toldBy(reply);
          return told !== undefined;
        }, RECOVERY_MILLISECONDS, 'an answer');
        states.push(told ?? '');
      }
      world.gateway.faults.clear();
      assert.ok(made() <= 1, `${made()} payments of one order`);
      const last = states.at(-1) ?? '';
      assert.ok(!states.some((state) => MADE.includes(state)) || made() === 1, `${states}: the bank made none`);
      // Who is told last knows of all before. One that is rejected frees the order; the bank made nothing then.
      if (last === 'rejected') assert.equal(made(), 0, `${states}: the bank made it`);
      assert.ok([...MADE, 'rejected', 'unknown'].includes(last), states.join());
      tally[last] = (tally[last] ?? 0) + 1;
      world.assertNoViolations();
    });
  }
  context.diagnostic(`seed ${SEED}: ${JSON.stringify(tally)}`);
});
