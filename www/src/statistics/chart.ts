import { KINDS, type Kind, type Row } from './api.ts';
import { type Metric, NAMES } from './figures.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** As wide as its letters want on a desk, and on a phone. */
const WIDTHS = { desk: 640, phone: 300 };
const HEIGHT = 180;
const EDGE = { top: 10, right: 8, bottom: 22, left: 62 };

type Point = readonly [x: number, y: number];

function svg(tag: string, attributes: Readonly<Record<string, string | number>>, ...children: (Node | string)[]): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** A round number that is not below the highest. */
export function roof(highest: number): number {
  if (highest <= 0) return 1;
  const size = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 5, 10].map((step) => step * size).find((round) => round >= highest) ?? highest;
}

/** Consecutive days with a figure, so that a line has a gap where nothing was asked. */
export function runs(figures: readonly (number | undefined)[]): (readonly [at: number, figure: number])[][] {
  const found: (readonly [number, number])[][] = [];
  figures.forEach((figure, at) => {
    if (figure === undefined) return;
    if (at > 0 && figures[at - 1] !== undefined) found.at(-1)?.push([at, figure]);
    else found.push([[at, figure]]);
  });
  return found;
}

/** What somebody is told who does not see it. */
function described(days: readonly Row[], metric: Metric): string {
  const kinds = KINDS.map((kind) => {
    const known = days.flatMap((day) => (day[kind] && metric.of(day[kind])) ?? []);
    if (known.length === 0) return `${NAMES[kind]}: nothing was asked`;
    const [least, most] = [Math.min(...known), Math.max(...known)].map(metric.write);
    return `${NAMES[kind]}: ${least === most ? least : `${least} to ${most}`} on ${known.length} of ${days.length} days`;
  });
  return `${kinds.join('; ')}. Each day is in the table below.`;
}

/** One metric by day: a line to a kind, told apart by its dashes and marks as well as by its colour. */
export function chart(days: readonly Row[], metric: Metric, least?: number): SVGElement {
  const all = days.flatMap((day) => KINDS.flatMap((kind) => (day[kind] && metric.of(day[kind])) ?? []));
  const isShare = least !== undefined;
  const top = isShare ? 100 : roof(Math.max(0, ...all));
  const bottom = isShare ? Math.min(least, Math.floor(Math.min(100, ...all) / 10) * 10) : 0;
  const width = matchMedia('(max-width: 40rem)').matches ? WIDTHS.phone : WIDTHS.desk;
  const [inner, tall] = [width - EDGE.left - EDGE.right, HEIGHT - EDGE.top - EDGE.bottom];
  const x = (at: number): number => EDGE.left + (days.length > 1 ? (at / (days.length - 1)) * inner : inner / 2);
  const y = (figure: number): number => EDGE.top + (1 - (figure - bottom) / (top - bottom)) * tall;
  const rule = (figure: number): SVGElement[] => [
    svg('line', { class: 'chart-rule', x1: EDGE.left, x2: width - EDGE.right, y1: y(figure), y2: y(figure) }),
    svg('text', { class: 'chart-mark', x: EDGE.left - 8, y: y(figure) + 4, 'text-anchor': 'end' }, metric.write(figure)),
  ];
  const label = (at: number, anchor: string): SVGElement =>
    svg('text', { class: 'chart-mark', x: x(at), y: HEIGHT - 4, 'text-anchor': anchor }, days[at]?.name ?? '');
  const line = (kind: Kind): SVGElement =>
    svg('g', { class: `chart-line chart-${kind}` }, ...runs(days.map((day) => day[kind] && metric.of(day[kind]))).flatMap((run) => {
      const points = run.map(([at, figure]): Point => [x(at), y(figure)]);
      const path = svg('polyline', { points: points.map((point) => point.join()).join(' ') });
      return [path, ...points.map((point) => mark(kind, point))];
    }));
  const last = days.length - 1;
  return svg(
    'svg',
    { class: 'chart', viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img', 'aria-label': `${metric.daily}. ${described(days, metric)}` },
    ...[bottom, (bottom + top) / 2, top].flatMap(rule),
    ...(last > 0 ? [label(0, 'start'), label(last, 'end')] : [label(0, 'middle')]),
    ...KINDS.map(line),
  );
}

/** A mark of each kind's own shape. */
export function mark(kind: Kind, [x, y]: Point): SVGElement {
  switch (kind) {
    case 'aisp': return svg('circle', { cx: x, cy: y, r: 2.5 });
    case 'pisp': return svg('rect', { x: x - 2.5, y: y - 2.5, width: 5, height: 5 });
    case 'cbpii': return svg('path', { d: `M${x} ${y - 3.5}l3.5 6h-7z` });
  }
}

/** Which line is which. */
export function legend(): HTMLElement {
  const list = document.createElement('ul');
  list.className = 'legend';
  for (const kind of KINDS) {
    const line = svg('polyline', { points: '0,6 28,6' });
    const sample = svg('svg', { class: 'sample', viewBox: '0 0 28 12', 'aria-hidden': 'true' });
    sample.append(svg('g', { class: `chart-line chart-${kind}` }, line, mark(kind, [14, 6])));
    const item = document.createElement('li');
    item.append(sample, NAMES[kind]);
    list.append(item);
  }
  return list;
}
