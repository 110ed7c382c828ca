import { html } from 'hono/html';
import type { Check, Verdict } from '../../portal/go-live.ts';
import type { RegisteredApplication } from '../../register/applications.ts';
import type { Developer } from '../../register/developers.ts';
import type { Markup } from '../layout.ts';
import { applicationCrumb } from './application.ts';
import { HOME, crumbOf } from './developer.ts';
import { buttonForm, portalPage, when } from './parts.ts';

const WORDS: Record<Verdict, string> = { holds: 'Holds', wanting: 'Wanting', waits: 'Waits for the one before' };

export function goLivePage(
  { application, developer, checks }: { application: RegisteredApplication; developer: Developer; checks: readonly Check[] },
  /** Whether it was asked for and did not come about. */
  refused: boolean,
): Markup {
  const { app, name, releasedAt } = application;
  const wanting = checks.filter(({ verdict }) => verdict !== 'holds').length;
  const content = html`${refused ? html`<div class="warning" role="alert"><p>The application stays in the sandbox:
        ${wanting} of ${checks.length} checks do not hold yet. Each says what to do.</p></div>` : ''}
      ${releasedAt === null ? html`<p>Production takes <span class="name">${name}</span> when each of these holds.
        ${wanting === 0 ? 'They all do.' : `${checks.length - wanting} of ${checks.length} do now.`}</p>` : html`<p class="done">
        Released into production on ${when(releasedAt)}. It answers the application with the credentials of production.</p>`}
      <ol class="checks">
        ${checks.map(({ title, verdict, found, todo }) => html`<li class="${verdict}"><strong>${title}</strong>
          <span class="verdict">${WORDS[verdict]}</span>
          ${found === null ? '' : html`<p>${found} ${todo}</p>`}</li>
        `)}
      </ol>
      ${releasedAt === null ? buttonForm(`/portal/applications/${app}/go-live`, 'Request go-live') : ''}`;
  return portalPage({
    title: releasedAt === null ? 'Going live' : 'Live',
    crumbs: [HOME, crumbOf(developer), applicationCrumb(application)],
    content,
  });
}
