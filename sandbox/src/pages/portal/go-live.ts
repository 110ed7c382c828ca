import { html } from 'hono/html';
import type { Check, Verdict } from '../../portal/go-live.ts';
import type { RegisteredApplication } from '../../register/applications.ts';
import type { Developer } from '../../register/developers.ts';
import type { Markup } from '../layout.ts';
import { applicationCrumb } from './application.ts';
import { HOME, crumbOf } from './developer.ts';
import { buttonForm, portalPage, when } from './parts.ts';

const WORDS: Record<Verdict, string> = { holds: 'Holds', wanting: 'Wanting', waits: 'Waits for the one before' };

export interface GoLiveView {
  application: RegisteredApplication;
  developer: Developer;
  checks: readonly Check[];
}

/** @param refused whether it was asked for and did not come about */
export function goLivePage({ application, developer, checks }: GoLiveView, refused: boolean): Markup {
  const { app, releasedAt } = application;
  const content = html`${refused ? refusedPart(checks) : ''}
      ${releasedAt === null ? statePart(application.name, checks) : releasedPart(releasedAt)}
      <ol class="checks">
        ${checks.map(checkItem)}
      </ol>
      ${releasedAt === null ? buttonForm(`/portal/applications/${app}/go-live`, 'Request go-live') : ''}`;
  const crumbs = [HOME, crumbOf(developer), applicationCrumb(application)];
  return portalPage({ title: releasedAt === null ? 'Going live' : 'Live', crumbs, content });
}

function checkItem({ title, verdict, found, todo }: Check): Markup {
  return html`<li class="${verdict}"><strong>${title}</strong>
          <span class="verdict">${WORDS[verdict]}</span>
          ${found === null ? '' : html`<p>${found} ${todo}</p>`}</li>
        `;
}

function refusedPart(checks: readonly Check[]): Markup {
  const count = `${checks.length - holding(checks)} of ${checks.length} checks`;
  return html`<div class="warning" role="alert"><p>The application stays in the sandbox. ${count} do not hold yet; each
        says what to do.</p></div>`;
}

function statePart(name: string, checks: readonly Check[]): Markup {
  const count = holding(checks) === checks.length ? 'They all do.' : `${holding(checks)} of ${checks.length} do now.`;
  return html`<p>Production takes <span class="name">${name}</span> when each of these holds. ${count}</p>`;
}

function releasedPart(releasedAt: number): Markup {
  return html`<p class="done">Released into production on ${when(releasedAt)}. Production answers the application, with
        the credentials and the certificate of production. The checks as they stand now:</p>`;
}

function holding(checks: readonly Check[]): number {
  return checks.filter(({ verdict }) => verdict === 'holds').length;
}
