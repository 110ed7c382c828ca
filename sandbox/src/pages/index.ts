import { html } from 'hono/html';
import type { Bases } from '../bases.ts';
import { RESOURCES } from '../data/resources.ts';
import { type Markup, developerLayout } from './layout.ts';

const ROUTES: readonly (readonly [call: string, meaning: string])[] = [
  ['POST /authorise', 'An application asks for an authorisation and is told where to send the person.'],
  ['GET /authorise/{intent-id}', 'The consent page, where the person accepts or declines.'],
  ['POST /access-token', 'An authorisation code or a refresh token for new tokens.'],
  ['GET /accounts', 'The accounts of a consent.'],
  ['GET /accounts/{id}', 'One account.'],
  ...RESOURCES.map((name) => [`GET /accounts/{id}/${name}`, `Its ${name.replaceAll('-', ' ')}.`] as const),
  ['POST /payments', 'The one payment of a payment consent.'],
  ['GET /payments/{reference}', 'How that payment stands.'],
  ['GET /payment-funds-confirmation', 'Whether there is enough money for it.'],
];

export function indexPage({ auth, resource }: Bases): Markup {
  const where =
    auth === resource
      ? html`All are under <code>${auth}</code>`
      : html`Authorisation is under <code>${auth}</code>, accounts and payments under <code>${resource}</code>`;
  const content = html`<p>A stand-in for a bank’s tell.connect gateway, to develop and test against. It has stub
        accounts and a consent page, and checks every call: a wrong one is answered with what is wrong and how to put
        it right.</p>
      <h2>Calls</h2>
      <p class="quiet">${where}, and every one but the consent page is signed.</p>
      <dl class="calls">
        ${ROUTES.map(([call, meaning]) => html`<dt><code>${call}</code></dt><dd>${meaning}</dd>
        `)}
      </dl>
      <h2>Signatures</h2>
      <p><a href="/playground">A playground</a>: paste a signature and read what is wrong with it.</p>
      <h2>Payments</h2>
      <p><a href="/amounts">Amounts that provoke an outcome</a>: rejected, blocked, refused, an answer that is
        lost.</p>
      <h2>Control</h2>
      <p><a href="/control">Time and faults at a click</a>, and <a href="/viewer">each call as it comes</a>, with the
        reason of a refusal.</p>
      <h2>Statistics</h2>
      <p><a href="/statistics">Uptime, request time and error rate</a> by day, for AISP, PISP and CBPII.</p>`;
  return developerLayout({ here: '/', title: 'tell.connect sandbox gateway', content });
}
