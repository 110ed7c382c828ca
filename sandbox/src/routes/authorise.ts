import { Hono } from 'hono';
import { readAuthorisation } from '../check/authorisation.ts';
import { readObject } from '../check/body.ts';
import {
  type Environment,
  allowOnly,
  bodyOf,
  checkOwn,
  checkRole,
  clientOf,
  refuseQuery,
  signedBy,
} from '../context.ts';
import { invalidRequest } from '../refusal.ts';

/** AUT-1: an application asks for an authorisation and is told where to send the PSU. */
export const authorise = new Hono<Environment>();

authorise.post('/authorise', async (call) => {
  const { settings, desk, bases, now } = call.var;
  refuseQuery(call, 'AUT-1');
  const client = await clientOf(call);
  const body = await bodyOf(call, 'application/json', 'AUT-1');
  const application = await signedBy(call, { kind: 'json', bytes: body.bytes });
  checkOwn(client, application);
  const { app } = application;
  const asked = readAuthorisation(body.text, readObject(body, 'AUT-1'), settings);
  checkRole(client, asked.scope);
  const id = crypto.randomUUID();
  const uuidIsNew = settings.environment === 'production';
  const { opened } = await desk.open({ id, app, ...asked }, { uuidIsNew }, now);
  if (!opened) throw invalidRequest('ENV-3', 'The uuid was used before; send a new one with every call.');
  call.env.observer?.concerns?.({ intentId: id });
  const location = new URL(`${bases.auth}/authorise/${id}`, call.req.url).href;
  return call.json({ 'intent-id': id, location });
});

authorise.all('/authorise', allowOnly('POST', 'AUT-1'));
