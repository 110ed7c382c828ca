import { Hono } from 'hono';
import type { Call, Environment } from '../../context.ts';
import { applicationCrumb, applicationPage, deletePage, newApplicationPage } from '../../pages/portal/application.ts';
import { newCertificatePage } from '../../pages/portal/certificates.ts';
import { HOME, crumbOf } from '../../pages/portal/developer.ts';
import { goLivePage } from '../../pages/portal/go-live.ts';
import { EMPTY, type Filled } from '../../pages/portal/parts.ts';
import { readApplication, readOverlap, wrongField } from '../../portal/fields.ts';
import { checksOf, goLive } from '../../portal/go-live.ts';
import { ENVIRONMENTS, type Portal } from '../../portal/portal.ts';
import type { RegisteredApplication } from '../../register/applications.ts';
import type { Developer } from '../../register/developers.ts';
import { environmentsOf, partOf, portalOf, readEnvironment } from './access.ts';
import { seeOther, send, statusOf } from './answers.ts';
import { certificateIn, handling } from './forms.ts';
import { settingsText } from './settings.ts';

/** What a developer registers, with its certificates, until it is released into production. */
export const applications = new Hono<Environment>();

applications.get('/developers/:id/applications/new', (call) => showNewApplication(call, EMPTY));

applications.post('/developers/:id/applications', (call) =>
  handling(
    call,
    (given) => {
      const at = portalOf(call);
      const named = readApplication(given);
      const { app } = at.addApplication(partOf(call, 'id'), named, certificateIn(given, at, 'sandbox'));
      return seeOther(call, `/applications/${app}`);
    },
    (filled) => showNewApplication(call, filled),
  ),
);

applications.get('/applications/:app', (call) => showApplication(call, EMPTY));

applications.post('/applications/:app', (call) =>
  handling(
    call,
    (given) => {
      const { app } = portalOf(call).changeApplication(partOf(call, 'app'), readApplication(given));
      return seeOther(call, `/applications/${app}`);
    },
    (filled) => showApplication(call, filled),
  ),
);

applications.get('/applications/:app/delete', (call) => {
  const { application, developer } = applicationAsked(call);
  return send(call, deletePage(application, developer));
});

applications.post('/applications/:app/delete', (call) => {
  const { at, application, developer } = applicationAsked(call);
  at.removeApplication(application.app);
  return seeOther(call, `/developers/${developer.id}`);
});

applications.get('/applications/:app/certificates/new', (call) => showNewCertificate(call, EMPTY));

applications.post('/applications/:app/certificates', (call) =>
  handling(
    call,
    (given) => {
      const { at, application } = applicationAsked(call);
      const environment = readEnvironment(given['environment']);
      const bytes = certificateIn(given, at, environment);
      if (bytes === undefined) throw wrongField('certificate', 'No certificate is given: paste it, or choose a file.');
      at.addCertificate(application.app, environment, bytes, readOverlap(given['overlapHours']));
      return seeOther(call, `/applications/${application.app}`);
    },
    (filled) => showNewCertificate(call, filled),
  ),
);

applications.post('/applications/:app/certificates/:id/end', (call) => {
  const { at, application } = applicationAsked(call);
  at.endCertificate(application.app, partOf(call, 'id'));
  return seeOther(call, `/applications/${application.app}`);
});

applications.get('/applications/:app/go-live', (call) => {
  const { at, application, developer } = applicationAsked(call);
  return send(call, goLivePage({ application, developer, checks: checksOf(at, application.app) }, false));
});

applications.post('/applications/:app/go-live', (call) => {
  const { at, application, developer } = applicationAsked(call);
  const { released, checks } = goLive(at, application.app);
  if (released) return seeOther(call, `/applications/${application.app}/go-live`);
  return send(call, goLivePage({ application, developer, checks }, true), 409);
});

function showNewApplication(call: Call, filled: Filled): Promise<Response> {
  const at = portalOf(call);
  const developer = at.developer(partOf(call, 'id'));
  const page = newApplicationPage(developer, at.register.applications.of(developer.id), filled);
  return send(call, page, statusOf(filled));
}

function showApplication(call: Call, filled: Filled): Promise<Response> {
  const { at, application, developer } = applicationAsked(call);
  const certificates = ENVIRONMENTS.map((environment) => ({
    environment,
    certificates: at
      .certificates(application.app, environment)
      .map((certificate) => ({ ...certificate, sharedWith: at.sharing(certificate) })),
  }));
  const released = application.releasedAt === null ? (['sandbox'] as const) : ENVIRONMENTS;
  const settings = released.map((environment) => ({
    environment,
    text: settingsText(call, at, application, environment),
  }));
  const view = { application, developer, certificates, settings, consents: environmentsOf(at) };
  return send(call, applicationPage(view, filled), statusOf(filled));
}

function showNewCertificate(call: Call, filled: Filled): Promise<Response> {
  const { at, application, developer } = applicationAsked(call);
  const others = at.register.applications.of(developer.id).filter(({ app }) => app !== application.app);
  const crumbs = [HOME, crumbOf(developer), applicationCrumb(application)];
  return send(call, newCertificatePage(application, { others, crumbs, filled }), statusOf(filled));
}

function applicationAsked(call: Call): { at: Portal; application: RegisteredApplication; developer: Developer } {
  const at = portalOf(call);
  const application = at.application(partOf(call, 'app'));
  return { at, application, developer: at.developer(application.developer) };
}
