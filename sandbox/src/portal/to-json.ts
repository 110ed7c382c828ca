import type { RegisteredApplication } from '../register/applications.ts';
import type { RegisteredCertificate } from '../register/certificates.ts';
import type { Developer } from '../register/developers.ts';
import { factsOf } from './certificate.ts';
import type { Consent } from './consents.ts';
import { ENVIRONMENTS, type Portal } from './portal.ts';

/** What the portal's JSON API answers. No secret and no certificate is in any of it. */

export function iso(time: number): string;
export function iso(time: number | null): string | null;
export function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

export function developerJson({ register }: Portal, developer: Developer): object {
  const clients = ENVIRONMENTS.map((environment) => register.clients.of(developer.id, environment));
  return {
    ...developer,
    registeredAt: iso(developer.registeredAt),
    clients: clients
      .filter((client) => client !== null)
      .map(({ clientId, environment, issuedAt }) => ({ environment, clientId, secretIssuedAt: iso(issuedAt) })),
    applications: register.applications.of(developer.id).map(({ app }) => app),
  };
}

export function applicationJson(portal: Portal, application: RegisteredApplication): object {
  const certificates = ENVIRONMENTS.flatMap((environment) => portal.certificates(application.app, environment));
  return {
    ...application,
    createdAt: iso(application.createdAt),
    releasedAt: iso(application.releasedAt),
    certificates: certificates.map((certificate) => certificateJson(portal, certificate)),
  };
}

export function certificateJson(portal: Portal, certificate: RegisteredCertificate): object {
  const { id, environment, bytes, addedAt, endsAt } = certificate;
  const { x509, ...facts } = factsOf(bytes);
  return {
    ...{ id, environment, addedAt: iso(addedAt), endsAt: iso(endsAt) },
    ...facts,
    x509: x509 && { subject: x509.subject, validFrom: iso(x509.from), validTo: iso(x509.to) },
    sharedWith: portal.sharing(certificate).map(({ app }) => app),
  };
}

export function consentJson({ intent, environment, state, appName, endsAt, granted }: Consent): object {
  const { id, uuid, app, scope, sandboxSca, account, requestedAt, decidedAt } = intent;
  return {
    ...{ intentId: id, uuid, environment, app, appName, scope, state, sandboxSca, account },
    ...{ requestedAt: iso(requestedAt), decidedAt: iso(decidedAt), endsAt: iso(endsAt), granted },
  };
}
