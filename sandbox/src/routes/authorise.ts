import { Hono } from 'hono';
import { readAuthorisation } from '../check/authorisation.ts';
import { checkBasic } from '../check/basic.ts';
import { readBody, readObject } from '../check/body.ts';
import { type Environment, VERSION, allowOnly, signedBy } from '../context.ts';

/** AUT-1: an application asks for an authorisation and is told where to send the PSU. */
export const authorise = new Hono<Environment>();

authorise.post('/authorise', async (call) => {
  const { settings, desk, now } = call.var;
  checkBasic(call.req.header('authorization') ?? null, settings.client);
  const body = await readBody(call.req.raw, 'application/json', 'AUT-1');
  const { app } = await signedBy(call, { kind: 'json', bytes: body.bytes });
  const asked = readAuthorisation(body.text, readObject(body, 'AUT-1'), settings.aspsp);
  const id = crypto.randomUUID();
  await desk.open({ id, app, ...asked }, now);
  const location = new URL(`${VERSION}/authorise/${id}`, call.req.url).href;
  return call.json({ 'intent-id': id, location });
});

authorise.all('/authorise', allowOnly('POST', 'AUT-1'));
