import { html } from 'hono/html';
import type { EnvironmentName } from '../../life.ts';
import type { Credentials } from '../../portal/portal.ts';
import type { RegisteredApplication } from '../../register/applications.ts';
import type { RegisteredClient } from '../../register/clients.ts';
import { type Developer, ROLES } from '../../register/developers.ts';
import type { Markup } from '../layout.ts';
import {
  type Crumb,
  type Filled,
  TITLES,
  box,
  buttonForm,
  credentialsPart,
  field,
  portalPage,
  tellings,
  when,
} from './parts.ts';

export const HOME: Crumb = ['/portal', 'Portal'];

export function crumbOf({ id, name }: Developer): Crumb {
  return [`/portal/developers/${id}`, name];
}

export interface DeveloperView {
  developer: Developer;
  clients: readonly { environment: EnvironmentName; client: RegisteredClient | null }[];
  applications: readonly RegisteredApplication[];
}

export function developerPage({ developer, clients, applications }: DeveloperView, filled: Filled): Markup {
  const { id, name, email, company, registeredAt } = developer;
  const content = html`<dl>
        <dt>E-mail</dt>
        <dd>${email}</dd>
        <dt>Company</dt>
        <dd>${company}</dd>
        <dt>Registered</dt>
        <dd>${when(registeredAt)}</dd>
      </dl>
      <h2>Applications</h2>
      ${applications.length === 0 ? html`<p>There is none yet.</p>` : html`<ul class="rows">
        ${applications.map((one) => html`<li><a href="/portal/applications/${one.app}">${one.name}</a>
          <span class="quiet">${one.releasedAt === null ? 'in the sandbox' : 'in sandbox and production'}</span></li>
        `)}
      </ul>`}
      <p><a class="button primary" href="/portal/developers/${id}/applications/new">Add an application</a></p>
      <h2>Credentials</h2>
      ${clients.map(({ environment, client }) => clientPart(id, environment, client))}
      ${productionForm(developer, filled)}
      <p><a href="/portal/developers/${id}/delete">Delete the developer</a></p>`;
  return portalPage({ title: name, crumbs: [HOME], faults: filled.faults, content });
}

function clientPart(developer: string, environment: EnvironmentName, client: RegisteredClient | null): Markup {
  const title = TITLES[environment];
  const another = `New secret for ${environment}, ending this one`;
  if (client === null) {
    return html`<h3>${title}</h3>
      <p>None yet: ask for production below.</p>
      `;
  }
  return html`<h3>${title}</h3>
      <dl>
        <dt>Client id</dt>
        <dd><code>${client.clientId}</code></dd>
        <dt>Client secret</dt>
        <dd>Made ${when(client.issuedAt)}; only its hash is kept</dd>
      </dl>
      ${buttonForm(`/portal/developers/${developer}/secret`, another, { environment })}
      `;
}

function productionForm({ id, authority, registerNumber, roles }: Developer, { given, faults }: Filled): Markup {
  const isFirst = authority === null;
  const filled = { given, faults };
  const chosen = faults.length === 0 ? roles : given['roles'];
  const told = tellings('roles', 'As the register names them. Production refuses what they do not cover.', faults);
  return html`<h2 id="production">${isFirst ? 'Ask for production' : 'What the register says'}</h2>
      <form class="fields" method="post" action="/portal/developers/${id}/production" aria-labelledby="production"
        novalidate>
        ${field(filled, {
          name: 'authority',
          label: 'National Competent Authority',
          hint: 'Such as the Financial Conduct Authority.',
          value: authority ?? '',
        })}
        ${field(filled, { name: 'registerNumber', label: 'Number in its register', value: registerNumber ?? '' })}
        <fieldset class="field" id="roles" aria-describedby="${told.ids}">
          <legend>Roles</legend>
          ${told.markup}
          ${ROLES.map((role) => {
            const label = `${role}: ${role === 'AISP' ? 'reads accounts' : 'initiates payments'}`;
            return box({ type: 'checkbox', name: 'roles', value: role, label, checked: isAmong(chosen, role) });
          })}
        </fieldset>
        <button class="primary">${isFirst ? 'Ask for production' : 'Change'}</button>
      </form>`;
}

export function deleteDeveloperPage(developer: Developer, applications: readonly RegisteredApplication[]): Markup {
  const { id, name } = developer;
  const names = applications.map((application) => application.name).join(', ');
  const content = html`<p>The gateway forgets <span class="name">${name}</span>, the credentials in both environments, and
        ${names === '' ? 'nothing else: there is no application' : html`the applications: ${names}`}. It refuses each call
        that is made with them from then on.</p>
      ${buttonForm(`/portal/developers/${id}/delete`, 'Delete it all')}
      <p><a href="/portal/developers/${id}">Keep it</a></p>`;
  return portalPage({ title: 'Delete the developer?', crumbs: [HOME, crumbOf(developer)], content });
}

function isAmong(list: unknown, item: string): boolean {
  return Array.isArray(list) && list.includes(item);
}

/** After a registration, or for new credentials: what is shown once. */
export function credentialsPage(title: string, developer: Developer, credentials: Credentials): Markup {
  const content = html`${credentialsPart(credentials)}
      <p><a class="button primary" href="/portal/developers/${developer.id}">Go on</a></p>`;
  return portalPage({ title, crumbs: [HOME, crumbOf(developer)], content });
}
