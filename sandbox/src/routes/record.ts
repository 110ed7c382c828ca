import { Hono } from 'hono';
import type { Environment } from '../context.ts';

/** What a test asks a gateway that runs in another process. */
export const record = new Hono<Environment>();

record.get('/__sandbox/record', async (call) => {
  return call.json({ now: call.var.now, fifths: await call.var.desk.fifths() });
});
