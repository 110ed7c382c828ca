import { el } from './dom.ts';

/** So many lines of nothing where something is being read: they keep its place, so that nothing jumps when it comes. */
export function skeleton(lines: number): HTMLElement[] {
  const bars = Array.from({ length: lines }, () => el('span', { class: 'bone' }));
  return [
    el('p', { class: 'visually-hidden' }, 'Asking your bank…'),
    el('div', { class: 'bones', 'aria-hidden': 'true' }, ...bars),
  ];
}
