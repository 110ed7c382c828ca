import { html } from 'hono/html';
import type { Present } from '../data/payments.ts';
import { PEOPLE } from '../data/people.ts';
import type { Persona } from '../data/persona.ts';
import type { Markup } from './layout.ts';

/** Who is at the two ends. */
export interface Sides {
  /** What the application that asks is called. */
  appName: string;
  /** What the bank is called; nothing where it has no name. */
  bank: string | undefined;
}

/** What a consent page is drawn for. */
export interface Viewed extends Sides {
  persona: Persona;
  present: Present;
  /** Where the person returns to. */
  returnHost: string;
}

/** In place of a login: who the person at the bank is. Another choice loads the page again with their accounts. */
export function whoPart({ person, name: chosen }: Persona, isOpen = false): Markup {
  const current = html` aria-current="true"`;
  return html`<p class="quiet">A real bank would first ask you to log in and prove who you are. The sandbox leaves that
        out: here you may be anybody.</p>
      <details class="people" ${isOpen ? 'open' : ''}>
        <summary>You are <span class="name">${person}</span>; choose somebody else</summary>
        <ul>
          ${PEOPLE.map(({ name, person: other, summary }) => html`<li>
            <a href="?persona=${name}"${name === chosen ? current : ''}>${other}</a>
            <span class="quiet">${summary}</span>
          </li>
          `)}
        </ul>
      </details>`;
}

/** Has the form name whose page it is on. */
export function personaField({ name }: Persona): Markup {
  return html`<input type="hidden" name="persona" value="${name}">`;
}
