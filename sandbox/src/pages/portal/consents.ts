import { html } from 'hono/html';
import type { Entry } from '../../journal/journal.ts';
import type { EnvironmentName } from '../../life.ts';
import { type Consent, type ConsentPage, type ConsentState, reasonOf } from '../../portal/consents.ts';
import { accountsOf, granterOf } from '../../data/people.ts';
import type { Markup } from '../layout.ts';
import { HOME } from './developer.ts';
import { type Crumb, buttonForm, portalPage, when } from './parts.ts';

const STATES: Record<ConsentState, string> = {
  requested: 'asked for',
  accepted: 'in force',
  declined: 'declined',
  withdrawn: 'revoked',
  ended: 'ended',
};

export interface ConsentsView extends ConsentPage {
  environment: EnvironmentName;
  /** The environments whose books can be looked into. */
  environments: readonly EnvironmentName[];
  app: string | undefined;
  appName: string | undefined;
}

export function consentsPage({ consents, before, environment, environments, app, appName }: ConsentsView): Markup {
  const query = (changes: Record<string, string>): string =>
    new URLSearchParams({ environment, ...(app !== undefined && { app }), ...changes }).toString();
  const content = html`<ul class="quarters">
        ${environments.map((name) => environmentItem(name, query({ environment: name }), name === environment))}
      </ul>
      ${appName === undefined ? '' : html`<p>Those of <span class="name">${appName}</span>.
        <a href="/portal/consents?environment=${environment}">All applications</a></p>`}
      ${consents.length === 0 ? html`<p>There is none.</p>` : html`<table class="words">
        <caption>Consents in ${environment}, the newest first</caption>
        <thead><tr>${COLUMNS.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>
          ${consents.map(consentRow)}
        </tbody>
      </table>`}
      ${before === undefined ? '' : html`<p><a href="/portal/consents?${query({ before })}">Older ones</a></p>`}`;
  return portalPage({ title: 'Consents', crumbs: [HOME], content });
}

const COLUMNS = ['Application', 'Scope', 'State', 'Asked for'];

function environmentItem(name: EnvironmentName, query: string, isHere: boolean): Markup {
  return html`<li><a href="/portal/consents?${query}" aria-current="${isHere ? 'page' : 'false'}">In ${name}</a></li>
        `;
}

function consentRow({ intent, appName, state }: Consent): Markup {
  return html`<tr><th scope="row"><a href="/portal/consents/${intent.id}">${appName}</a></th>
            <td>${intent.scope}</td><td>${STATES[state]}</td><td>${when(intent.requestedAt)}</td></tr>
          `;
}

export function consentDetailPage(consent: Consent, calls: readonly Entry[]): Markup {
  const { intent, environment, state, appName, endsAt, granted } = consent;
  const { id, uuid, app, scope, account, decidedAt, requestedAt, sandboxSca } = intent;
  const content = html`<dl>
        <dt>Application</dt>
        <dd>${appName}<br><code>${app}</code></dd>
        <dt>Environment</dt>
        <dd>${environment}</dd>
        <dt>Scope</dt>
        <dd>${scope}</dd>
        <dt>State</dt>
        <dd>${STATES[state]}${sandboxSca ? ', decided by sandbox_sca' : ''}</dd>
        <dt>Granted</dt>
        <dd>${granted.length === 0 ? 'nothing' : granted.join(', ')}</dd>
        ${account === null ? '' : html`<dt>Account</dt>
        <dd>${accountsOf(granterOf(intent)).find(({ AccountId }) => AccountId === account)?.Nickname ?? account}</dd>`}
        <dt>Asked for</dt>
        <dd>${when(requestedAt)}</dd>
        ${decidedAt === null ? '' : html`<dt>Decided</dt>
        <dd>${when(decidedAt)}</dd>`}
        ${endsAt === null ? '' : html`<dt>${state === 'ended' ? 'Ended' : 'Ends'}</dt>
        <dd>${when(endsAt)}</dd>`}
        <dt>intent-id</dt>
        <dd><code>${id}</code></dd>
        <dt>uuid</dt>
        <dd><code>${uuid}</code></dd>
      </dl>
      ${state === 'accepted' ? revokePart(id) : ''}
      <h2>Calls</h2>
      ${calls.length === 0 ? html`<p>None, as far back as the journal goes.</p>` : html`<ol class="journal">
        ${calls.map(callItem)}
      </ol>`}`;
  const consents: Crumb = [`/portal/consents?environment=${environment}`, 'Consents'];
  return portalPage({ title: 'A consent', crumbs: [HOME, consents], content });
}

function revokePart(id: string): Markup {
  return html`${buttonForm(`/portal/consents/${id}/revoke`, 'Revoke the consent')}
      <p class="quiet">As if the person had taken it back. The application is not told; its next call is refused.</p>`;
}

function callItem(entry: Entry): Markup {
  const reason = reasonOf(entry);
  return html`<li class="${reason === null ? 'holds' : 'wanting'}"><code>${entry.method} ${entry.target}</code>
          <span class="verdict">${entry.status === 0 ? 'no answer' : entry.status}</span>
          <p class="quiet">${when(entry.at)}</p>
          ${reason === null ? '' : html`<p>${reason}</p>`}</li>
        `;
}
