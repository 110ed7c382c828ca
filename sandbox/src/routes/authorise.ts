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
  note,
  refuseQuery,
  signedBy,
} from '../context.ts';
import { invalidRequest, quoted } from '../refusal.ts';

/** AUT-1: an application asks for an authorisation and is told where to send the PSU. */
export const authorise = new Hono<Environment>();

authorise.post('/authorise', async (call) => {
  const { settings, desk, bases, now } = call.var;
  refuseQuery(call, 'AUT-1');
  const client = await clientOf(call);
  const body = await bodyOf(call, 'application/json', 'AUT-1');
  const { app } = checkOwn(client, await signedBy(call, { kind: 'json', bytes: body.bytes }));
  const object = readObject(body, 'AUT-1');
  const asked = readAuthorisation(body.text, object, settings);
  checkRole(client, asked.scope);
  if (settings.environment === 'production' && Object.hasOwn(object, 'sandbox_sca')) {
    note(call, 'Ignored in the body: sandbox_sca, which is for the sandbox alone (ENV-4).');
  }
  const id = crypto.randomUUID();
  const uuidIsNew = settings.environment === 'production';
  const { opened } = await desk.open({ id, app, ...asked }, { uuidIsNew }, now);
  if (!opened) {
    const told = { expected: 'a uuid that is new', came: quoted(asked.uuid) };
    throw invalidRequest('ENV-3', 'The uuid was used before; send a new one with every call.', told);
  }
  call.env.observer?.concerns?.({ intentId: id });
  const location = new URL(`${bases.auth}/authorise/${id}`, call.req.url).href;
  return call.json({ 'intent-id': id, location });
});

authorise.all('/authorise', allowOnly('POST', 'AUT-1'));
