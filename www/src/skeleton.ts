import { el } from './dom.ts';

/** So many grey lines where something is being read: they keep its place, so that nothing jumps when it comes. */
export function skeleton(lines: number): HTMLElement[] {
  const bars = Array.from({ length: lines }, () => el('span', {}));
  return [
    el('p', { class: 'visually-hidden' }, 'Asking your bank…'),
    el('div', { class: 'skeleton', 'aria-hidden': 'true' }, ...bars),
  ];
}
