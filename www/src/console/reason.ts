import type { Step } from 'tell-connect/machine';
import { el } from '../dom.ts';
import { isFailed } from './filter.ts';

/** The page of the rules, which is built from docs/protocol.md. */
export const RULES = '/docs/protocol.html';

export const newTab = { target: '_blank', rel: 'noopener' };

const ruleLink = (rule: string): HTMLElement =>
  el('a', { class: 'rule', href: `${RULES}#${encodeURIComponent(rule)}`, ...newTab }, rule);

function row(name: string, ...words: (Node | string)[]): HTMLElement {
  return el('div', {}, el('dt', {}, name), el('dd', {}, ...words));
}

/** Why a call failed, in the gateway's words, by its rule and by what callers were told; undefined where it did not. */
export function reasonView(step: Step): HTMLElement | undefined {
  if (!isFailed(step)) return undefined;
  const { response, told } = step;
  const { error, description, rule } = response?.reason ?? {};
  const rows: HTMLElement[] = [];
  if (description !== undefined) rows.push(row('The gateway', description));
  else if (error === undefined && response?.reason) rows.push(row('The gateway', 'It gave no reason.'));
  if (error !== undefined) rows.push(row('Its error', el('code', {}, error)));
  if (rule !== undefined) rows.push(row('Rule', ruleLink(rule)));
  rows.push(told === undefined
    ? row('Callers', 'Nobody was told of this answer: the worker goes on by itself.')
    : row('Callers', el('code', {}, told.code), `: ${told.advice}`));
  return el('dl', { class: 'step-reason', 'data-testid': 'journey-reason' }, ...rows);
}
