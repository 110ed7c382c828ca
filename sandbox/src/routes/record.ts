import { Hono } from 'hono';
import type { Environment } from '../context.ts';
import { Refusal } from '../refusal.ts';

/** What a test asks a gateway that runs in another process. */
export const record = new Hono<Environment>();

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

record.get('/__sandbox/record', async (call) => {
  if (!LOOPBACK.includes(new URL(call.req.url).hostname)) {
    throw new Refusal(404, 'not_found', 'The record is told on the loopback interface alone.', { rule: 'ENV-1' });
  }
  return call.json({ now: call.var.now, fifths: await call.var.desk.fifths() });
});
