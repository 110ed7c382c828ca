import { Hono } from 'hono';
import { CERTIFICATE_LIMIT } from '../../applications.ts';
import { readBody, readBytes, readObject } from '../../check/body.ts';
import { checkMembers } from '../../check/json.ts';
import type { Call, Environment } from '../../context.ts';
import {
  type Given,
  readApplication,
  readAuthorisation,
  readOverlap,
  readRegistration,
  wrongField,
} from '../../portal/fields.ts';
import { callsUnder, consentOf, consentsOf, reasonOf, revoke } from '../../portal/consents.ts';
import { checksOf, goLive, isReady } from '../../portal/go-live.ts';
import { applicationJson, certificateJson, consentJson, developerJson, iso } from '../../portal/to-json.ts';
import { Refusal } from '../../refusal.ts';
import { partOf, portalOf, readEnvironment } from './access.ts';

/** The portal for scripts: what its pages do, in JSON. */
export const portalApi = new Hono<Environment>();

portalApi.get('/developers', (call) => {
  const portal = portalOf(call);
  return call.json({ developers: portal.register.developers.all().map((one) => developerJson(portal, one)) });
});

portalApi.post('/developers', async (call) => {
  const portal = portalOf(call);
  const given = await readGiven(call, ['name', 'email', 'company']);
  const { developer, credentials } = await portal.addDeveloper(readRegistration(given));
  return created(call, `/developers/${developer.id}`, { ...developerJson(portal, developer), credentials });
});

portalApi.get('/developers/:id', (call) => {
  const portal = portalOf(call);
  return call.json(developerJson(portal, portal.developer(partOf(call, 'id'))));
});

portalApi.delete('/developers/:id', (call) => {
  portalOf(call).removeDeveloper(partOf(call, 'id'));
  return call.body(null, 204);
});

portalApi.post('/developers/:id/production', async (call) => {
  const portal = portalOf(call);
  const given = await readGiven(call, ['authority', 'registerNumber', 'roles']);
  const { developer, credentials } = await portal.askForProduction(partOf(call, 'id'), readAuthorisation(given));
  const answer = developerJson(portal, developer);
  return credentials === null ? call.json(answer) : call.json({ ...answer, credentials }, 201);
});

portalApi.post('/developers/:id/secret', async (call) => {
  const { environment } = await readGiven(call, ['environment']);
  return call.json(await portalOf(call).newSecret(partOf(call, 'id'), readEnvironment(environment)));
});

portalApi.get('/applications', (call) => {
  const portal = portalOf(call);
  const developer = call.req.query('developer');
  const { applications } = portal.register;
  const asked = developer === undefined ? applications.all() : applications.of(portal.developer(developer).id);
  return call.json({ applications: asked.map((one) => applicationJson(portal, one)) });
});

portalApi.post('/applications', async (call) => {
  const portal = portalOf(call);
  const given = await readGiven(call, ['developer', 'name', 'redirectUrl', 'certificate']);
  const { developer, certificate } = given;
  if (typeof developer !== 'string') throw wrongField('developer', 'The developer is missing; give the id.');
  if (certificate !== undefined && typeof certificate !== 'string') {
    throw wrongField('certificate', 'The certificate is no text; send other bytes to its own path.');
  }
  const bytes = certificate === undefined ? undefined : new TextEncoder().encode(certificate);
  const application = portal.addApplication(developer, readApplication(given), bytes);
  return created(call, `/applications/${application.app}`, applicationJson(portal, application));
});

portalApi.get('/applications/:app', (call) => {
  const portal = portalOf(call);
  return call.json(applicationJson(portal, portal.application(partOf(call, 'app'))));
});

portalApi.patch('/applications/:app', async (call) => {
  const portal = portalOf(call);
  const app = partOf(call, 'app');
  const given = await readGiven(call, ['name', 'redirectUrl']);
  const former = portal.application(app);
  return call.json(applicationJson(portal, portal.changeApplication(app, readApplication(given, former))));
});

portalApi.delete('/applications/:app', (call) => {
  portalOf(call).removeApplication(partOf(call, 'app'));
  return call.body(null, 204);
});

/** The body is the certificate, to the byte; or the query names the application that has it already. */
portalApi.post('/applications/:app/certificates', async (call) => {
  const portal = portalOf(call);
  const { environment: asked, overlapHours, from } = call.req.query();
  const environment = readEnvironment(asked, 'sandbox');
  const bytes = from === undefined ? await readCertificate(call) : portal.certificateOf(from, environment);
  const overlap = readOverlap(overlapHours);
  const certificate = portal.addCertificate(partOf(call, 'app'), environment, bytes, overlap);
  return call.json(certificateJson(portal, certificate), 201);
});

portalApi.delete('/applications/:app/certificates/:id', (call) => {
  portalOf(call).endCertificate(partOf(call, 'app'), partOf(call, 'id'));
  return call.body(null, 204);
});

portalApi.get('/applications/:app/go-live', (call) => {
  const portal = portalOf(call);
  const checks = checksOf(portal, partOf(call, 'app'));
  return call.json({ ready: isReady(checks), ...releaseJson(call), checks });
});

portalApi.post('/applications/:app/go-live', (call) => {
  const { released, checks } = goLive(portalOf(call), partOf(call, 'app'));
  if (released) return call.json({ ready: true, ...releaseJson(call), checks });
  const wanting = checks.filter(({ verdict }) => verdict !== 'holds').length;
  const error_description = `${wanting} of ${checks.length} checks do not hold; each says what to do.`;
  const refusal = { error: 'not_ready', error_description, rule: 'LIV-1' };
  return call.json({ ...refusal, ready: false, ...releaseJson(call), checks }, 409);
});

portalApi.get('/consents', (call) => {
  const portal = portalOf(call);
  const { environment, app, state, before } = call.req.query();
  const query = { ...(app && { app }), ...(state && { state: readState(state) }), ...(before && { before }) };
  const page = consentsOf(portal, readEnvironment(environment, portal.here), query);
  return call.json({ consents: page.consents.map(consentJson), before: page.before ?? null });
});

portalApi.get('/consents/:id', (call) => call.json(consentJson(consentOf(portalOf(call), partOf(call, 'id')))));

portalApi.delete('/consents/:id', (call) => call.json(consentJson(revoke(portalOf(call), partOf(call, 'id')))));

portalApi.get('/consents/:id/calls', (call) => {
  const portal = portalOf(call);
  const calls = callsUnder(portal, consentOf(portal, partOf(call, 'id'))).map((entry) => {
    const { id, at, method, target, endpoint, status, milliseconds, refusal, notes, fault } = entry;
    const told = { id, at: iso(at), method, target, endpoint, status, milliseconds, refusal, notes, fault };
    return { ...told, reason: reasonOf(entry) };
  });
  return call.json({ calls });
});

function releaseJson(call: Call): { releasedAt: string | null } {
  return { releasedAt: iso(portalOf(call).application(partOf(call, 'app')).releasedAt) };
}

const STATES = ['requested', 'accepted', 'declined', 'withdrawn'] as const;

function readState(value: string): (typeof STATES)[number] {
  const state = STATES.find((known) => known === value);
  if (state !== undefined) return state;
  throw wrongField('state', `The state is none of ${STATES.join(', ')}.`);
}

async function readGiven(call: Call, known: readonly string[]): Promise<Given> {
  const body = await readBody(call.req.raw, 'application/json', { rule: 'CFG-1' });
  const object = readObject(body, 'CFG-1');
  checkMembers('CFG-1', body.text, object, { required: [], optional: known });
  return object;
}

function readCertificate(call: Call): Promise<Uint8Array> {
  const sent = call.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (sent === 'text/plain' || sent === 'application/octet-stream') {
    return readBytes(call.req.raw, 'CFG-1', CERTIFICATE_LIMIT);
  }
  const description = 'Send the certificate as text/plain or application/octet-stream; its bytes are kept as sent.';
  throw new Refusal(415, 'unsupported_media_type', description, { rule: 'CFG-1' });
}

function created(call: Call, path: string, answer: object): Response {
  return call.json(answer, 201, { location: `/portal/api${path}` });
}
