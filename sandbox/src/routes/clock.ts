import { Hono } from 'hono';
import { type Call, type Environment, allowOnly } from '../context.ts';
import { setClock } from '../set-clock.ts';
import { badMembers, objectOf } from './controls.ts';

/** The bank's clock: what it shows, and to set it. */
export const clock = new Hono<Environment>();

clock.get('/__sandbox/clock', (call) => shown(call));

clock.post('/__sandbox/clock', async (call) => {
  const problem = setClock(call.var.settings.clock, await objectOf(call), call.env.now);
  return problem === undefined ? shown(call) : badMembers(call, 'invalid_clock', [problem]);
});

clock.all('/__sandbox/clock', allowOnly('GET, POST', 'CFG-4'));

function shown(call: Call): Response {
  const { clock: bank } = call.var.settings;
  const [at, trueAt] = [bank.at(call.env.now), call.env.now];
  return call.json({
    now: new Date(at).toISOString(),
    trueNow: new Date(trueAt).toISOString(),
    offsetSeconds: (at - trueAt) / 1000,
    stopped: bank.isStopped,
  });
}
