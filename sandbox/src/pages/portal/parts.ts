import { html } from 'hono/html';
import type { EnvironmentName } from '../../life.ts';
import type { FieldFault, Given } from '../../portal/fields.ts';
import type { Credentials } from '../../portal/portal.ts';
import { type Markup, developerLayout } from '../layout.ts';

/** What a form shows: what was given, and what is wrong with it. */
export interface Filled {
  given: Given;
  faults: readonly FieldFault[];
}

export const EMPTY: Filled = { given: {}, faults: [] };

export type Crumb = readonly [href: string, name: string];

/** A page of the portal, with the way back up. */
export function portalPage(
  { title, crumbs = [], faults = [], content }: {
    title: string;
    crumbs?: readonly Crumb[];
    faults?: readonly FieldFault[];
    content: Markup;
  },
): Markup {
  const way = html`<nav class="crumbs" aria-label="Where this is"><ol>
        ${crumbs.map(([href, name]) => html`<li><a href="${href}">${name}</a></li>
        `)}
      </ol></nav>`;
  return developerLayout({
    here: '/portal',
    title,
    content: html`${crumbs.length === 0 ? '' : way}
      ${faults.length === 0 ? '' : faultSummary(faults)}
      ${content}`,
  });
}

function faultSummary(faults: readonly FieldFault[]): Markup {
  return html`<div class="warning" role="alert">
        <p>Nothing was changed. Put this right and send it again:</p>
        <ul>
          ${faults.map(({ field, problem }) => html`<li><a href="#${field}">${problem}</a></li>
          `)}
        </ul>
      </div>`;
}

export interface FieldOptions {
  name: string;
  label: string;
  hint?: string;
  type?: 'text' | 'email' | 'url' | 'number';
  autocomplete?: string;
  /** What stands in it before anybody has written. */
  value?: string;
}

export function field({ given, faults }: Filled, options: FieldOptions): Markup {
  const { name, label, hint, type = 'text', autocomplete = 'off', value = '' } = options;
  const shown = typeof given[name] === 'string' ? given[name] : value;
  const told = tellings(name, hint, faults);
  return html`<div class="field">
          <label for="${name}">${label}</label>
          ${told.markup}
          <input id="${name}" name="${name}" type="${type}" value="${shown}" autocomplete="${autocomplete}"
            spellcheck="false" aria-invalid="${told.isWrong}" aria-describedby="${told.ids}">
        </div>
        `;
}

/** What belongs to a field beside its label: a hint, and what is wrong. */
export function tellings(
  name: string,
  hint: string | undefined,
  faults: readonly FieldFault[],
): { markup: Markup; ids: string; isWrong: 'true' | 'false' } {
  const wrong = faults.filter((fault) => fault.field === name);
  const problems = wrong.map(({ problem }) => problem).join(' ');
  const markup = html`${hint === undefined ? '' : html`<p class="hint" id="${name}-hint">${hint}</p>`}
          ${problems === '' ? '' : html`<p class="wrong" id="${name}-wrong">${problems}</p>`}`;
  const ids = [...(hint === undefined ? [] : [`${name}-hint`]), ...(wrong.length === 0 ? [] : [`${name}-wrong`])];
  return { markup, ids: ids.join(' '), isWrong: wrong.length === 0 ? 'false' : 'true' };
}

export interface Box {
  type: 'checkbox' | 'radio';
  name: string;
  value: string;
  label: string;
  checked: boolean;
}

export function box({ type, name, value, label, checked }: Box): Markup {
  return html`<label class="box"><input type="${type}" name="${name}" value="${value}" ${checked ? 'checked' : ''}>
            <span>${label}</span></label>
          `;
}

/** A form that is one button. */
export function buttonForm(action: string, label: string, hidden: Readonly<Record<string, string>> = {}): Markup {
  return html`<form class="press" method="post" action="${action}">
          ${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
          <button>${label}</button>
        </form>`;
}

/** The one time that a secret is shown. */
export function credentialsPart({ environment, clientId, clientSecret }: Credentials): Markup {
  return html`<div class="secret">
        <dl>
          <dt>Environment</dt>
          <dd>${environment}</dd>
          <dt>Client id</dt>
          <dd><code>${clientId}</code></dd>
          <dt>Client secret</dt>
          <dd><code>${clientSecret}</code></dd>
        </dl>
        <p><strong>Keep the secret now.</strong> The gateway keeps only a hash of it, so nobody can show it again. A new
          one can be made at any time, and ends this one.</p>
      </div>`;
}

export function scrolled(label: string, text: string): Markup {
  return html`<pre tabindex="0" role="region" aria-label="${label}"><code>${text}</code></pre>`;
}

export const TITLES: Readonly<Record<EnvironmentName, string>> = { sandbox: 'Sandbox', production: 'Production' };

export function when(time: number): Markup {
  const iso = new Date(time).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`;
}
