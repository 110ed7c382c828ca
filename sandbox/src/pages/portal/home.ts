import { html } from 'hono/html';
import type { Developer } from '../../register/developers.ts';
import type { Markup } from '../layout.ts';
import { type Filled, field, portalPage } from './parts.ts';

const NO_MAIL = 'Nothing is sent to it.';

export interface Statistics {
  environment: string;
  url: string;
}

export function homePage(developers: readonly Developer[], statistics: readonly Statistics[], filled: Filled): Markup {
  const content = html`<p>Everything between registering and going live: a developer’s credentials, applications and
        their certificates, production, consents.</p>
      <p class="warning">Nobody logs in here: whoever reaches this page sees all that is registered, and can change
        it.</p>
      ${developers.length === 0 ? '' : html`<h2>Developers</h2>
      <ul class="rows">
        ${developers.map(({ id, name, company }) => html`<li><a href="/portal/developers/${id}">${name}</a>
          <span class="quiet">${company}</span></li>
        `)}
      </ul>`}
      <h2 id="register">Register a developer</h2>
      <form class="fields" method="post" action="/portal/developers" aria-labelledby="register" novalidate>
        ${field(filled, { name: 'name', label: 'Name', autocomplete: 'name' })}
        ${field(filled, { name: 'email', label: 'E-mail', type: 'email', autocomplete: 'email', hint: NO_MAIL })}
        ${field(filled, { name: 'company', label: 'Company', autocomplete: 'organization' })}
        <button class="primary">Register</button>
      </form>
      <p class="quiet">You get a client id and a secret for the sandbox at once. Production comes later, with your
        company’s number in the register of its authority.</p>
      <h2>What happens here</h2>
      <ul>
        <li><a href="/portal/consents">Consents</a>: what people have granted, and each call made under it</li>
        ${statistics.map(({ environment, url }) => html`<li><a href="${url}">Statistics of ${environment}</a>: uptime,
          request time and error rate, by day and by quarter</li>
        `)}
      </ul>`;
  return portalPage({ title: 'Developer portal', faults: filled.faults, content });
}
