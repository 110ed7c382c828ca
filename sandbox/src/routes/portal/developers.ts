import { Hono } from 'hono';
import type { Call, Environment } from '../../context.ts';
import { credentialsPage, deleteDeveloperPage, developerPage } from '../../pages/portal/developer.ts';
import { homePage } from '../../pages/portal/home.ts';
import { EMPTY, type Filled } from '../../pages/portal/parts.ts';
import { readAuthorisation, readRegistration } from '../../portal/fields.ts';
import { ENVIRONMENTS } from '../../portal/portal.ts';
import { environmentsOf, partOf, portalOf, readEnvironment } from './access.ts';
import { seeOther, send, statusOf } from './answers.ts';
import { handling, readPortalForm } from './forms.ts';

/** Who registers, and with what they call. */
export const developers = new Hono<Environment>();

developers.get('/', (call) => showHome(call, EMPTY));

developers.post('/developers', (call) =>
  handling(
    call,
    async (given) => {
      const { developer, credentials } = await portalOf(call).addDeveloper(readRegistration(given));
      return send(call, credentialsPage('You are registered', developer, credentials), 201);
    },
    (filled) => showHome(call, filled),
  ),
);

developers.get('/developers/:id', (call) => showDeveloper(call, EMPTY));

developers.post('/developers/:id/production', (call) =>
  handling(
    call,
    async (given) => {
      const authorisation = readAuthorisation(given);
      const { developer, credentials } = await portalOf(call).askForProduction(partOf(call, 'id'), authorisation);
      if (credentials === null) return seeOther(call, `/developers/${developer.id}`);
      return send(call, credentialsPage('Your credentials for production', developer, credentials), 201);
    },
    (filled) => showDeveloper(call, filled),
  ),
);

developers.post('/developers/:id/secret', async (call) => {
  const given = await readPortalForm(call);
  const at = portalOf(call);
  const developer = at.developer(partOf(call, 'id'));
  const credentials = await at.newSecret(developer.id, readEnvironment(given['environment']));
  return send(call, credentialsPage('A new secret', developer, credentials));
});

developers.get('/developers/:id/delete', (call) => {
  const at = portalOf(call);
  const developer = at.developer(partOf(call, 'id'));
  return send(call, deleteDeveloperPage(developer, at.register.applications.of(developer.id)));
});

developers.post('/developers/:id/delete', (call) => {
  portalOf(call).removeDeveloper(partOf(call, 'id'));
  return seeOther(call, '');
});

function showHome(call: Call, filled: Filled): Promise<Response> {
  const at = portalOf(call);
  const statistics = environmentsOf(at).map((environment) => ({
    environment,
    url: environment === at.here ? '/statistics' : `${at.address(environment)}/statistics`,
  }));
  return send(call, homePage(at.register.developers.all(), statistics, filled), statusOf(filled));
}

function showDeveloper(call: Call, filled: Filled): Promise<Response> {
  const at = portalOf(call);
  const developer = at.developer(partOf(call, 'id'));
  const clients = ENVIRONMENTS.map((environment) => ({
    environment,
    client: at.register.clients.of(developer.id, environment),
  }));
  const applications = at.register.applications.of(developer.id);
  return send(call, developerPage({ developer, clients, applications }, filled), statusOf(filled));
}
