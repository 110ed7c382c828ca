import type { Step } from 'tell-connect/machine';
import { svg } from './svg.ts';

/** Calls with a pause of that many milliseconds between them belong to different actions. */
const PAUSE_MS = 1000;

/** Where a call lies in its action, in shares of that: both between 0 and 1. */
export interface Span {
  from: number;
  width: number;
}

/** The calls of each action on one scale; undefined for what took no time that was measured. */
export function spansOf(steps: readonly Pick<Step, 'at' | 'ms'>[]): (Span | undefined)[] {
  const spans: (Span | undefined)[] = steps.map(() => undefined);
  let action: { at: number; start: number; end: number }[] = [];
  const draw = (): void => {
    const first = Math.min(...action.map(({ start }) => start));
    const whole = Math.max(...action.map(({ end }) => end)) - first;
    for (const { at, start, end } of action) {
      spans[at] = whole > 0 ? { from: (start - first) / whole, width: (end - start) / whole } : { from: 0, width: 1 };
    }
    action = [];
  };
  steps.forEach(({ at, ms }, index) => {
    const start = Date.parse(at);
    if (ms === undefined || Number.isNaN(start)) return;
    if (action.length > 0 && start - Math.max(...action.map(({ end }) => end)) > PAUSE_MS) draw();
    action.push({ at: index, start, end: start + ms });
  });
  if (action.length > 0) draw();
  return spans;
}

/** A bar that shows it; the figure beside it says it. */
function spanBar({ from, width }: Span): SVGElement {
  const least = 1.5;
  const x = Math.min(from * 100, 100 - least);
  const bar = { x, y: 0, width: Math.max(width * 100, least), height: 4, class: 'span-bar' };
  return svg('svg', { class: 'span', viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svg('rect', bar));
}

/** Draws the spans into the lines of their calls. */
export function drawSpans(items: readonly Element[], steps: readonly Step[]): void {
  spansOf(steps).forEach((span, at) => {
    items[at]?.querySelector('.step-span')?.replaceChildren(...(span === undefined ? [] : [spanBar(span)]));
  });
}

/** `87 ms` or `1.24 s`. */
export const duration = (ms: number): string => (ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(2)} s`);
