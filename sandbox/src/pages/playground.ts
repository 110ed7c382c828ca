import { html } from 'hono/html';
import type { Explanation, Finding, Question } from '../explain/examine.ts';
import { type Markup, developerLayout } from './layout.ts';

const LONGEST_SHOWN = 8000;

/** Where a person pastes a token and reads what is wrong with it. */
export function playgroundPage(apps: readonly string[], asked?: Question, explanation?: Explanation): Markup {
  const content = html`<p>Paste the value of <code>x-jws-signature</code> from a call, with the path and body of that
        call, and read all that is wrong with it. What you paste is neither kept nor logged. Programs post JSON to
        <code>/playground/explain</code>.</p>
      ${explanation === undefined ? html`` : result(explanation)}
      ${form(apps, asked)}`;
  return developerLayout({ here: '/playground', title: 'Signature playground', content });
}

function form(apps: readonly string[], asked?: Question): Markup {
  // The parser drops one line feed at the beginning of a text area.
  return html`<form method="post" action="/playground" class="fields">
        <p class="field">
          <label for="token">Token</label>
          <textarea id="token" name="token" rows="5" required spellcheck="false" autocomplete="off">
${asked?.token ?? ''}</textarea>
        </p>
        <p class="field">
          <label for="path">Call</label>
          <input id="path" name="path" value="${asked?.path ?? ''}" spellcheck="false" autocomplete="off"
            aria-describedby="path-hint">
          <span id="path-hint" class="quiet">Method and path, such as <code>POST /payments</code>, or its URL.</span>
        </p>
        <p class="field">
          <label for="body">Body</label>
          <textarea id="body" name="body" rows="5" spellcheck="false" autocomplete="off"
            aria-describedby="body-hint">
${asked?.body ?? ''}</textarea>
          <span id="body-hint" class="quiet">As it was sent; empty when the call has none.</span>
        </p>
        <p class="field">
          <label for="app">Application</label>
          <select id="app" name="app">
            <option value="">The one that the token names</option>
            ${apps.map((app) => html`<option value="${app}" ${app === asked?.app ? 'selected' : ''}>${app}</option>
            `)}
          </select>
        </p>
        <p class="field">
          <label for="certificate">Certificate</label>
          <textarea id="certificate" name="certificate" rows="5" spellcheck="false" autocomplete="off"
            aria-describedby="certificate-hint">
</textarea>
          <span id="certificate-hint" class="quiet">Its text, if it is another than the application’s here. A browser
            sends line ends as CRLF; they are read as LF, here and in the body. It is not shown again.</span>
        </p>
        <button class="primary">Explain</button>
      </form>`;
}

function result({ verified, header, payload, findings }: Explanation): Markup {
  const verdict = verified
    ? findings.length === 0
      ? 'The token is right in every respect.'
      : 'The token is right in every respect but its age.'
    : 'A gateway refuses this token.';
  return html`<section aria-labelledby="verdict" class="result">
        <h2 id="verdict" class="${verified ? 'verdict' : 'verdict warning'}">${verdict}</h2>
        ${findings.length === 0 ? html`` : html`<ol class="findings">
          ${findings.map(finding)}
        </ol>`}
        ${header === null ? html`` : shown('Header', JSON.stringify(header, null, 2))}
        ${payload === null ? html`` : shown('Payload', payload)}
      </section>`;
}

function finding({ rule, expected, came, hint, reading }: Finding): Markup {
  return html`<li>
            <p><strong>${rule}</strong> ${hint}</p>
            <dl>
              ${[['Expected', expected], ['Came', came], ['Reading', reading ?? '']]
                .filter(([, value]) => value !== '')
                .map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>
              `)}
            </dl>
          </li>
          `;
}

function shown(title: string, text: string): Markup {
  const cut = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  return html`<h3>${title}</h3>
        <pre tabindex="0" role="region" aria-label="${title}"><code>${cut === '' ? '(empty)' : cut}</code></pre>
        `;
}
