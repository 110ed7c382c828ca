import { html } from 'hono/html';
import { OUTCOMES, USUAL_COURSE } from '../data/amounts.ts';
import { pounds, penceOf } from '../pence.ts';
import { type Markup, developerLayout } from './layout.ts';

export function amountsPage(): Markup {
  const course = USUAL_COURSE.map(([seconds, word]) => html`<li><code>${word}</code> ${whenOf(seconds)}</li>
        `);
  const content = html`<p>A payment of any other amount goes well, if the account holds as much:</p>
      <ul>
        ${course}
      </ul>
      <h2>Amounts that provoke an outcome</h2>
      <dl class="calls">
        ${OUTCOMES.map(({ amount, meaning }) => html`<dt>${pounds(penceOf(amount) ?? 0n)}</dt><dd>${meaning}.</dd>
        `)}
      </dl>
      <p class="quiet">Seconds are those of the sandbox’s clock. Payments move nothing: no balance changes.</p>
      <p><a href="/">All calls</a></p>`;
  return developerLayout({ here: '/', title: 'How a payment goes', content });
}

function whenOf(seconds: number): string {
  return seconds === 0 ? 'at once' : `after ${seconds} seconds`;
}
