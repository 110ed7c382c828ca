import { Hono } from 'hono';
import type { Environment } from '../../context.ts';
import { consentDetailPage, consentsPage } from '../../pages/portal/consents.ts';
import { callsUnder, consentOf, consentsOf, revoke } from '../../portal/consents.ts';
import { environmentsOf, partOf, portalOf, readEnvironment } from './access.ts';
import { seeOther, send } from './answers.ts';

/** What people have granted, and what was done with it. */
export const consents = new Hono<Environment>();

consents.get('/consents', (call) => {
  const at = portalOf(call);
  const { environment: asked, app, before } = call.req.query();
  const environment = readEnvironment(asked, at.here);
  const page = consentsOf(at, environment, { ...(app && { app }), ...(before && { before }) });
  const appName = app && (at.register.applications.find(app)?.name ?? app);
  return send(call, consentsPage({ ...page, environment, environments: environmentsOf(at), app, appName }));
});

consents.get('/consents/:id', (call) => {
  const at = portalOf(call);
  const consent = consentOf(at, partOf(call, 'id'));
  return send(call, consentDetailPage(consent, callsUnder(at, consent)));
});

consents.post('/consents/:id/revoke', (call) => {
  const { intent } = revoke(portalOf(call), partOf(call, 'id'));
  return seeOther(call, `/consents/${intent.id}`);
});
