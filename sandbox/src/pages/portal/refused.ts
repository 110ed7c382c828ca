import { html } from 'hono/html';
import type { Refusal } from '../../refusal.ts';
import type { Markup } from '../layout.ts';
import { HOME } from './developer.ts';
import { portalPage } from './parts.ts';

export function refusedPage({ message, status }: Refusal): Markup {
  const content = html`<p>${message}</p>
      <p><a href="/portal">Back to the portal</a></p>`;
  const title = status === 404 ? 'There is no such page' : 'That cannot be done';
  return portalPage({ title, crumbs: [HOME], content });
}
