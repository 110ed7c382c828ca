import type { Consent } from './api.ts';
import { budgetView } from './budget.ts';
import { permissionInWords } from './consent-words.ts';
import { formatDay } from './dates.ts';
import { el } from './dom.ts';
import { applicationName, bankName } from './names.ts';
import { daysInWords, daysLeft } from './renewal.ts';

function entry(term: string, iso: string | undefined, ...more: HTMLElement[]): HTMLElement[] {
  if (iso === undefined) return [];
  return [el('div', {}, el('dt', {}, term), el('dd', {}, el('time', { datetime: iso }, formatDay(iso)), ...more))];
}

function permissionList(permissions: readonly string[]): HTMLElement {
  const items = permissions.map((permission) => el('li', { title: permission }, permissionInWords(permission)));
  const granted = items.length > 0 ? el('ul', { class: 'permissions' }, ...items) : 'Nothing';
  const who = `What ${applicationName()} may read at ${bankName()}`;
  return el('div', { class: 'facts-wide' }, el('dt', {}, who), el('dd', {}, granted));
}

/** What was granted, since when and until when. */
export function consentSummary(consent: Consent, now: number): HTMLElement[] {
  const { permissions, grantedAt, expiresAt, budget } = consent;
  const left = daysLeft(consent, now);
  const facts = el(
    'dl',
    { class: 'facts' },
    ...entry('Granted on', grantedAt),
    ...entry('Ends on', expiresAt, ...(left === undefined ? [] : [el('span', { class: 'days-left' }, ` in ${daysInWords(left)}`)])),
    permissionList(permissions),
  );
  return [facts, ...(budget === undefined ? [] : budgetView(budget))];
}
