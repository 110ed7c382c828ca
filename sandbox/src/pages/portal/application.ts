import { html } from 'hono/html';
import type { EnvironmentName } from '../../life.ts';
import type { RegisteredApplication } from '../../register/applications.ts';
import type { Developer } from '../../register/developers.ts';
import type { Markup } from '../layout.ts';
import { type ShownCertificate, certificateFields, certificatePart } from './certificates.ts';
import { HOME, crumbOf } from './developer.ts';
import { type Crumb, type Filled, TITLES, buttonForm, field, portalPage, scrolled, when } from './parts.ts';

export interface ApplicationView {
  application: RegisteredApplication;
  developer: Developer;
  certificates: readonly { environment: EnvironmentName; certificates: readonly ShownCertificate[] }[];
  /** An env file's text, but for the secrets, for each environment that takes the application. */
  settings: readonly { environment: EnvironmentName; text: string }[];
  consents: readonly EnvironmentName[];
}

const REDIRECT_HINT =
  'Where the person comes back to after the consent page. Without one they get to the holding page, which shows ' +
  'outcome and code as text.';

export function applicationCrumb({ app, name }: RegisteredApplication): Crumb {
  return [`/portal/applications/${app}`, name];
}

export function newApplicationPage(
  developer: Developer,
  others: readonly RegisteredApplication[],
  filled: Filled,
): Markup {
  const content = html`<form class="fields" method="post" action="/portal/developers/${developer.id}/applications"
        enctype="multipart/form-data" novalidate>
        ${namedFields(filled)}
        ${certificateFields(filled, others)}
        <button class="primary">Add the application</button>
      </form>
      <p class="quiet">The certificate can be added later too. Nothing can be signed without one.</p>`;
  return portalPage({ title: 'A new application', crumbs: [HOME, crumbOf(developer)], faults: filled.faults, content });
}

export function applicationPage(view: ApplicationView, filled: Filled): Markup {
  const { application, developer, certificates, settings, consents } = view;
  const { app, name, redirectUrl, createdAt, releasedAt } = application;
  const goLive = releasedAt === null ? 'Go live' : 'What going live asks';
  const content = html`<dl>
        <dt>App</dt>
        <dd><code>${app}</code></dd>
        <dt>Redirect URL</dt>
        <dd>${redirectUrl === null ? NO_REDIRECT : html`<code>${redirectUrl}</code>`}</dd>
        <dt>Added</dt>
        <dd>${when(createdAt)}</dd>
        <dt>Production</dt>
        <dd>${releasedAt === null ? 'not released' : html`released ${when(releasedAt)}`}</dd>
      </dl>
      <p><a class="button primary" href="/portal/applications/${app}/go-live">${goLive}</a></p>
      <h2>Certificates</h2>
      ${certificates.map(({ environment, certificates: shown }) => html`<h3>${TITLES[environment]}</h3>
      ${shown.length === 0 ? html`<p>None.</p>` : shown.map(certificatePart)}
      `)}
      <p><a class="button" href="/portal/applications/${app}/certificates/new">Add or replace a certificate</a></p>
      <h2>Consents</h2>
      <ul>
        ${consents.map((environment) => consentsItem(environment, app))}
      </ul>
      <h2>Settings of the worker</h2>
      <p>For the env file of a worker that stands on tell-connect:</p>
      ${settings.map(({ environment, text }) => html`<h3>${TITLES[environment]}</h3>
      ${scrolled(`Settings for ${environment}`, text)}
      `)}
      <p>What is secret is not on this page. Add <code>TELL_CLIENT_SECRET</code>, as it was shown, and what these two
        commands print: a key of your own, and the certificate on one line, to the byte.</p>
      ${scrolled('Commands that print what is secret', SECRET_LINES)}
      <h2 id="change">Name and redirect URL</h2>
      <form class="fields" method="post" action="/portal/applications/${app}" aria-labelledby="change" novalidate>
        ${namedFields(filled, application)}
        <button class="primary">Change</button>
      </form>
      <p><a href="/portal/applications/${app}/delete">Delete the application</a></p>`;
  return portalPage({ title: name, crumbs: [HOME, crumbOf(developer)], faults: filled.faults, content });
}

const NO_REDIRECT = html`none: the <a href="/holding">holding page</a>`;

const SECRET_LINES = `echo "TELL_VAULT_KEY=$(openssl rand -base64 32)"
node -p '"TELL_CERTIFICATE=" + JSON.stringify(fs.readFileSync("certificate.pem", "utf8"))'`;

export function deletePage(application: RegisteredApplication, developer: Developer): Markup {
  const { app, name } = application;
  const content = html`<p>The gateway forgets <span class="name">${name}</span> and its certificates. It refuses each
        call that the application signs from then on, in both environments, whatever people have granted it.</p>
      ${buttonForm(`/portal/applications/${app}/delete`, 'Delete it')}
      <p><a href="/portal/applications/${app}">Keep it</a></p>`;
  const crumbs = [HOME, crumbOf(developer), applicationCrumb(application)];
  return portalPage({ title: 'Delete the application?', crumbs, content });
}

function consentsItem(environment: EnvironmentName, app: string): Markup {
  const query = new URLSearchParams({ environment, app });
  return html`<li><a href="/portal/consents?${query.toString()}">In ${environment}</a></li>
        `;
}

function namedFields(filled: Filled, application?: RegisteredApplication): Markup {
  return html`${field(filled, { name: 'name', label: 'Name', value: application?.name ?? '' })}
        ${field(filled, {
          name: 'redirectUrl',
          label: 'Redirect URL (optional)',
          type: 'url',
          hint: REDIRECT_HINT,
          value: application?.redirectUrl ?? '',
        })}`;
}
