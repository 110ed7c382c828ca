import type { Consent } from './api.ts';
import { budgetView } from './budget.ts';
import { permissionInWords } from './consent-words.ts';
import { formatDay } from './dates.ts';
import { el } from './dom.ts';

function entry(term: string, iso: string | undefined): HTMLElement[] {
  if (iso === undefined) return [];
  return [el('div', {}, el('dt', {}, term), el('dd', {}, el('time', { datetime: iso }, formatDay(iso))))];
}

function permissionList(permissions: readonly string[]): HTMLElement[] {
  if (permissions.length === 0) return [];
  const items = permissions.map((permission) => el('li', { title: permission }, permissionInWords(permission)));
  const list = el('dd', {}, el('ul', { class: 'permissions' }, ...items));
  return [el('div', { class: 'facts-wide' }, el('dt', {}, 'This page may read'), list)];
}

/** What was granted, since when and until when. */
export function consentSummary({ permissions, grantedAt, expiresAt, budget }: Consent): HTMLElement[] {
  const facts = el(
    'dl',
    { class: 'facts' },
    ...entry('Granted on', grantedAt),
    ...entry('Ends on', expiresAt),
    ...permissionList(permissions),
  );
  return [facts, ...(budget === undefined ? [] : budgetView(budget))];
}
