import { el } from '../dom.ts';

/** Text for those alone who do not see where on the page they are. */
export const ofAccount = (label: string): HTMLElement => el('span', { class: 'visually-hidden' }, ` of ${label}`);

/** A part of an account, which is read when it is first opened. */
export function fold(title: string, label: string, testid: string, open: (body: HTMLElement) => void): HTMLDetailsElement {
  const body = el('div', { class: 'fold-body' });
  const details = el(
    'details',
    { class: 'fold', 'data-testid': testid },
    el('summary', {}, title, ofAccount(label)),
    body,
  );
  details.addEventListener('toggle', () => open(body), { once: true });
  return details;
}
