import { html } from 'hono/html';
import type { Clock } from '../clock.ts';
import type { Intent } from '../desk.ts';
import { ENDPOINTS } from '../endpoint.ts';
import { KINDS } from '../fault-kinds.ts';
import type { PlannedRule } from '../fault-plan.ts';
import type { Problem } from '../fault-rule.ts';
import { SCENARIOS } from '../scenarios.ts';
import { type Markup, developerLayout } from './layout.ts';
import { shownOffset, shownTime } from './times.ts';

export interface ControlRoom {
  clock: Clock;
  /** The true time. */
  now: number;
  rules: readonly PlannedRule[];
  /** The newest first. */
  consents: readonly (Pick<Intent, 'id' | 'app' | 'scope' | 'state'>)[];
  /** What was done, as a sentence. */
  told?: string | undefined;
  /** The consent that the form of a rule begins with. */
  consent?: string | undefined;
  problems?: readonly Problem[];
}

/** The buttons of the clock, and what each says to it. */
export const CLOCK_BUTTONS: Readonly<Record<string, { words: string; asks: Record<string, unknown> }>> = {
  hour: { words: '+1 hour', asks: { advance: 3600 } },
  day: { words: '+24 hours', asks: { advance: 86_400 } },
  quarter: { words: '+90 days', asks: { advance: 90 * 86_400 } },
  stop: { words: 'Stop', asks: { stop: true } },
  run: { words: 'Run', asks: { run: true } },
  reset: { words: 'Back to the true time', asks: { reset: true } },
};

export function controlPage(room: ControlRoom): Markup {
  const { told, problems = [] } = room;
  const content = html`<p>Time, faults and consents of this gateway. Whatever is set here outlives a restart.</p>
      <p>A payment can be told its outcome too: <a href="/amounts">amounts that provoke one</a>.</p>
      ${told === undefined ? '' : html`<p class="told" role="status">${told}</p>`}
      ${problems.length === 0 ? '' : problemList(problems)}
      ${clockPart(room)}
      ${rulesPart(room.rules)}
      <h2 id="scenarios">Scenarios</h2>
      <ul class="items">${Object.entries(SCENARIOS).map(([name, { sentence }]) => scenarioItem(name, sentence))}</ul>
      ${formPart(room.consent)}
      ${consentsPart(room.consents)}`;
  return developerLayout({ here: '/control', title: 'Control room', content });
}

function problemList(problems: readonly Problem[]): Markup {
  return html`<div class="warning" role="alert"><p>Nothing was changed:</p>
        <ul>${problems.map(({ member, problem }) => html`<li><code>${member}</code> ${problem}</li>`)}</ul></div>`;
}

function clockPart({ clock, now }: ControlRoom): Markup {
  const at = clock.at(now);
  return html`<h2 id="clock">The bank’s clock</h2>
      <p>It shows <strong>${shownTime(at)}</strong>, ${shownOffset((at - now) / 1000)}, and
        ${clock.isStopped ? 'stands' : 'runs'}.</p>
      <form class="buttons" method="post" action="/control/clock">
        ${Object.entries(CLOCK_BUTTONS).map(
          ([name, { words }]) => html`<button name="do" value="${name}">${words}</button>
        `,
        )}
      </form>
      <form class="members" method="post" action="/control/clock">
        <label>Set to, in UTC
          <input type="datetime-local" name="set" step="1" required value="${isoSeconds(at)}"></label>
        <button>Set</button>
      </form>`;
}

function isoSeconds(at: number): string {
  return new Date(at).toISOString().slice(0, 19);
}

function scenarioItem(name: string, sentence: string): Markup {
  return html`<li class="item"><div><p>${sentence}</p><p class="quiet"><code>${name}</code></p></div>
          <form method="post" action="/control/scenario"><button name="name" value="${name}"
            aria-label="Begin ${name}">Begin</button></form></li>
        `;
}

function rulesPart(rules: readonly PlannedRule[]): Markup {
  return html`<h2 id="rules">Rules</h2>
      ${rules.length === 0
        ? html`<p class="quiet">No call will meet a fault.</p>`
        : html`<p class="quiet">A call meets the first that is for it.</p>
          <ul class="items">${rules.map(ruleItem)}</ul>
          <form class="buttons" method="post" action="/control/clear"><button>Remove all rules</button></form>`}`;
}

function ruleItem(rule: PlannedRule): Markup {
  const { kind, ...members } = rule.fault;
  const given = Object.entries(members).map(([name, value]) => `${name} ${value}`);
  return html`<li class="item"><div><p><strong>${[kind, ...given].join(', ')}</strong></p>
          <p class="quiet">${whichCalls(rule)}; ${howOften(rule)}. Rule <code>${rule.id}</code></p></div>
          <form method="post" action="/control/remove"><button name="id" value="${rule.id}"
            aria-label="Remove rule ${rule.id}">Remove</button></form></li>
        `;
}

function whichCalls({ endpoint, path, method, consent }: PlannedRule): string {
  const parts = [endpoint, method, path, consent && `consent ${consent}`].filter((part) => part !== undefined);
  return parts.length === 0 ? 'every call' : parts.join(' ');
}

function howOften({ remaining, met, skip, seen, probability, seed = 1, until }: PlannedRule): string {
  const times = remaining === null ? 'without end' : `${remaining} more ${remaining === 1 ? 'time' : 'times'}`;
  const waits = skip !== undefined && seen < skip ? `after ${skip - seen} more` : undefined;
  const share = probability === undefined ? undefined : `${Math.round(probability * 1000) / 10} % by seed ${seed}`;
  const end = until === undefined ? undefined : `until ${shownTime(Date.parse(until))}`;
  return [times, waits, share, end, `met ${met} so far`].filter((part) => part !== undefined).join(', ');
}

function formPart(consent = ''): Markup {
  const number = (name: string, words: string, least: number, most: number): Markup =>
    html`<label>${words} <input name="${name}" type="number" min="${least}" max="${most}"></label>
        `;
  return html`<h2 id="rule">A rule of your own</h2>
      <form class="members" method="post" action="/control/rule">
        <label>Fault <select name="kind">
          ${Object.keys(KINDS).map((kind) => html`<option>${kind}</option>`)}
        </select></label>
        <label>Endpoint <select name="endpoint">
          <option value="">any</option>${ENDPOINTS.map((name) => html`<option>${name}</option>`)}
        </select></label>
        <label>Path, such as /accounts/** <input name="path" autocomplete="off"></label>
        <label>Consent (intent-id) <input name="consent" value="${consent}" autocomplete="off"></label>
        ${number('status', 'Status, where it has one', 200, 599)}
        ${number('retryAfter', 'Retry-After in seconds', 0, 86_400)}
        ${number('milliseconds', 'Milliseconds, of delay and drip', 1, 600_000)}
        ${number('times', 'How many calls', 1, 1_000_000)}
        ${number('skip', 'After how many others', 0, 1_000_000)}
        ${number('percent', 'Share of calls in percent', 1, 100)}
        ${number('seed', 'Seed of that share', 0, 0xffffffff)}
        ${number('minutes', 'For how many minutes', 1, 525_600)}
        <button class="primary">Add the rule</button>
      </form>
      <details><summary>What each fault does</summary>
        <dl class="calls">${Object.entries(KINDS).map(([kind, { sentence }]) => html`<dt><code>${kind}</code></dt>
          <dd>${sentence}</dd>
          `)}</dl></details>`;
}

function consentsPart(consents: ControlRoom['consents']): Markup {
  return html`<h2 id="consents">Consents and tokens</h2>
      <form class="buttons" method="post" action="/control/consents">
        <button name="do" value="drop">Drop all access tokens</button>
        <button name="do" value="withdraw">Withdraw all consents</button>
      </form>
      <p class="quiet">A dropped access token is refused, its refresh token works. A withdrawn consent ends both.</p>
      ${consents.length === 0 ? html`<p class="quiet">No application has asked for a consent yet.</p>` : ''}
      <ul class="items">${consents.map(({ id, app, scope, state }) => html`<li class="item">
        <div><p><a href="/viewer?intent=${id}">${id}</a></p><p class="quiet">${scope}, ${app}: ${state}</p></div></li>
        `)}</ul>`;
}
