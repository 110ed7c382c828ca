import { html } from 'hono/html';
import { ENDPOINTS } from '../endpoint.ts';
import { type Entry, KEPT_TEXT, type Query, USUAL_LIMIT, VERDICTS } from '../journal/journal.ts';
import { pretty } from '../journal/pretty.ts';
import { isFailed, verdictOf } from '../journal/query.ts';
import { type Markup, developerLayout } from './layout.ts';
import { shownClock, shownTime } from './times.ts';

const VERDICT_WORDS = { answered: 'answered', refused: 'refused', failed: 'failed', fault: 'met a fault' };

/** The newest calls; a script adds those that come. */
export function viewerPage(entries: readonly Entry[], query: Query, search: string): Markup {
  const last = entries[0]?.id ?? 0;
  const oldest = entries.length < (query.limit ?? USUAL_LIMIT) ? undefined : entries.at(-1)?.id;
  const content = html`<p>What applications have asked of the gateway, the newest first. No secret, code or token is
        kept whole.</p>
      ${filterForm(query)}
      <div class="buttons" id="live" hidden><button type="button" id="pause" aria-pressed="false">Pause</button></div>
      <p class="quiet" id="summary" aria-live="polite">${countWords(entries.length)}</p>
      <ol class="log" id="log" data-last="${last}" data-search="${search}">
        ${entries.map(item)}
      </ol>
      ${oldest === undefined ? '' : html`<p><a href="/viewer?${older(search, oldest)}">Older calls</a></p>`}
      <script src="/scripts/viewer.js" defer></script>`;
  return developerLayout({ here: '/viewer', title: 'Viewer', content });
}

function filterForm({ endpoint, verdict, app, intentId, rule }: Query): Markup {
  const option = (value: string, words: string, chosen: string | undefined): Markup =>
    html`<option value="${value}" ${value === (chosen ?? '') ? 'selected' : ''}>${words}</option>
          `;
  return html`<form class="members" method="get" action="/viewer">
        <label>Endpoint <select name="endpoint">
          ${option('', 'any', endpoint)}${ENDPOINTS.map((name) => option(name, name, endpoint))}
        </select></label>
        <label>Verdict <select name="verdict">
          ${option('', 'any', verdict)}${VERDICTS.map((name) => option(name, VERDICT_WORDS[name], verdict))}
        </select></label>
        <label>Application <input name="app" value="${app ?? ''}" autocomplete="off"></label>
        <label>Consent (intent-id) <input name="intent" value="${intentId ?? ''}" autocomplete="off"></label>
        <label>Rule <input name="rule" value="${rule ?? ''}" placeholder="JWS-3" autocomplete="off"></label>
        <button class="primary">Filter</button>
      </form>`;
}

/** The script writes the same for a call that comes. */
function item(entry: Entry): Markup {
  const { id, at, method, target, status } = entry;
  const bad = entry.refusal !== null || isFailed(entry) ? 'bad' : '';
  return html`<li class="${bad}"><time datetime="${new Date(at).toISOString()}">${shownClock(at)}</time>
          <a href="/viewer/${id}"><code>${method} ${target}</code></a>
          <span class="status">${status === 0 ? 'cut' : status}</span>
          <span class="words">${wordsOf(entry)}</span></li>
        `;
}

function wordsOf(entry: Entry): string {
  const { milliseconds, app, intentId } = entry;
  const consent = intentId === null ? undefined : `consent ${intentId.slice(0, 8)}`;
  const parts = [verdictOf(entry), `${milliseconds.toFixed(1)} ms`, app ?? undefined, consent];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** One call, whole as far as it is kept. */
export function callPage(entry: Entry, curl: string): Markup {
  const { id, method, target, at, trueAt, milliseconds, status, endpoint, app, refusal, notes, fault } = entry;
  const facts: [string, Markup | string][] = [
    ['Verdict', verdictOf(entry)],
    ['Status', status === 0 ? 'none: the answer was cut' : String(status)],
    ['Bank’s clock', shownTime(at)],
    ['True time', shownTime(trueAt)],
    ['Took', `${milliseconds.toFixed(1)} ms`],
    ['Endpoint', endpoint],
    ['Application', app ?? 'not known'],
    ['Consent', consentLink(entry)],
    ...(fault === null ? [] : [['Fault', fault] as [string, string]]),
  ];
  const content = html`<p><a href="/viewer">All calls</a> · <a href="/__sandbox/calls/${id}">As JSON</a></p>
      <dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>
        `)}</dl>
      ${refusal === null ? '' : refusalPart(refusal)}
      ${notes.length === 0 ? '' : html`<h2>Notes</h2><ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>`}
      <h2>Signature</h2>
      ${jwsPart(entry)}
      <h2>Request</h2>
      <pre>${requestText(entry)}</pre>${beginningOnly(entry.body)}
      <h2>Answer${fault === null ? '' : ', as the gateway gave it'}</h2>
      <pre>${pretty(entry.answer) || 'No text.'}</pre>${beginningOnly(entry.answer)}
      <h2>As curl</h2>
      <p class="quiet">With the shell function <code>sign</code> of the sandbox’s README.</p>
      <pre id="curl">${curl}</pre>
      <div class="buttons" id="copying" hidden><button type="button" id="copy">Copy</button>
        <span id="copied" role="status"></span></div>
      <script src="/scripts/viewer.js" defer></script>`;
  return developerLayout({ here: '/viewer', title: `${method} ${target.split('?')[0]}`, content });
}

function consentLink({ intentId }: Entry): Markup | string {
  if (intentId === null) return 'not known';
  return html`<a href="/viewer?intent=${encodeURIComponent(intentId)}">${intentId}</a>`;
}

function refusalPart(refusal: NonNullable<Entry['refusal']>): Markup {
  const { rule, error, error_description: description, blameless, expected, came } = refusal;
  const told = [['Expected', expected], ['Came', came]].filter(([, text]) => text !== undefined);
  const blame = blameless ? 'A caller that keeps every rule can meet this too.' : 'The call breaks this rule.';
  return html`<h2>Why it was refused</h2>
      <p class="warning"><strong>${rule}</strong>, <code>${error}</code>: ${description}</p>
      ${told.length === 0 ? '' : html`<dl>${told.map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>`}
      <p class="quiet">${blame} <a href="/viewer?rule=${encodeURIComponent(rule)}">All refused by ${rule}</a></p>`;
}

function jwsPart({ jws }: Entry): Markup {
  if (jws === null) return html`<p>It has no <code>x-jws-signature</code> of three parts that can be read.</p>`;
  return html`<h3>Header</h3><pre>${pretty(jws.header)}</pre><h3>Payload</h3><pre>${pretty(jws.payload)}</pre>`;
}

function requestText({ method, target, headers, body }: Entry): string {
  const head = [`${method} ${target}`, ...headers.map(([name, value]) => `${name}: ${value}`)].join('\n');
  return body === '' ? head : `${head}\n\n${pretty(body)}`;
}

function beginningOnly(text: string): Markup | string {
  return text.length < KEPT_TEXT ? '' : html`<p class="quiet">Only the first ${KEPT_TEXT} characters are kept.</p>`;
}

function older(search: string, before: number): string {
  const query = new URLSearchParams(search);
  query.set('before', String(before));
  return query.toString();
}

function countWords(count: number): string {
  if (count === 0) return 'No call yet.';
  return count === 1 ? '1 call is shown.' : `${count} calls are shown.`;
}
