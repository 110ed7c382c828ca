import { formatMonth } from '../dates.ts';
import { el } from '../dom.ts';
import { formatMoney } from '../money.ts';
import { type Decimal, ZERO, compare, share, writeDecimal } from './decimal.ts';
import { ofAccount } from './fold.ts';
import { monthInShort } from './moment.ts';
import { type Month, lastMonths } from './months.ts';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTHS = { desk: 640, phone: 330 };
const HEIGHT = 210;
const EDGE = { left: 80, right: 4, top: 20, bottom: 24 };
/** Months that are drawn. The table has all. */
const DRAWN = 12;
/** Makes the name of each drawing's hatching its own. */
let drawings = 0;

function svg(name: string, attributes: Readonly<Record<string, string | number>>, ...children: (Node | string)[]): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

const highest = (figures: readonly Decimal[]): Decimal =>
  figures.reduce((most, figure) => (compare(figure, most) > 0 ? figure : most), ZERO);

const written = (figure: Decimal, currency: string): string => formatMoney({ amount: writeDecimal(figure), currency });

/** What came in stands above the line, what went out below it and hatched: colour is not all that tells them apart. */
function drawing(drawn: readonly Month[], currency: string, name: string): SVGElement {
  const width = matchMedia('(max-width: 40rem)').matches ? WIDTHS.phone : WIDTHS.desk;
  const [inner, tall] = [width - EDGE.left - EDGE.right, HEIGHT - EDGE.top - EDGE.bottom];
  const tops = { in: highest(drawn.map(({ paidIn }) => paidIn)), out: highest(drawn.map(({ paidOut }) => paidOut)) };
  const top = highest([tops.in, tops.out]);
  const hatch = `flow-hatch-${(drawings += 1)}`;
  // Each half has as much room as its highest bar takes, and both are of one scale.
  const [above, below] = [share(tops.in, top), share(tops.out, top)];
  const scale = tall / (above + below || 1);
  const line = EDGE.top + above * scale;
  const column = inner / drawn.length;
  const bar = Math.min(column * 0.62, 34);
  // On a phone there is room for every second name.
  const isNamed = (index: number): boolean => column > 28 || (drawn.length - index) % 2 === 1;

  const columns = drawn.map(({ month, paidIn, paidOut }, index) => {
    const middle = EDGE.left + (index + 0.5) * column;
    const [up, down] = [share(paidIn, top) * scale, share(paidOut, top) * scale];
    const place = { x: middle - bar / 2, width: bar };
    return svg(
      'g',
      { class: 'flow-month' },
      svg('title', {}, `${formatMonth(month)}: ${written(paidIn, currency)} in, ${written(paidOut, currency)} out`),
      svg('rect', { class: 'flow-hover', x: middle - column / 2, width: column, y: 0, height: HEIGHT }),
      svg('rect', { ...place, class: 'flow-in', y: line - up, height: up, rx: 2 }),
      svg('rect', { ...place, class: 'flow-out', y: line, height: down, rx: 2 }),
      svg('rect', { ...place, y: line, height: down, rx: 2, fill: `url(#${hatch})` }),
      ...(isNamed(index) ? [svg('text', { class: 'flow-mark', x: middle, y: HEIGHT - 6, 'text-anchor': 'middle' }, monthInShort(month))] : []),
    );
  });
  const mark = (y: number, ...text: string[]): SVGElement =>
    svg('text', { class: 'flow-mark', x: 0, y }, ...text.map((part, index) =>
      svg('tspan', { x: 0, dy: index * 14, class: index === 0 ? 'flow-way' : '' }, part)));
  return svg(
    'svg',
    { class: 'flow-drawing', viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img', 'aria-label': `${name}: ${spoken(drawn, currency)}` },
    svg('defs', {}, svg('pattern', { id: hatch, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      svg('line', { class: 'flow-hatch', x1: 0, x2: 0, y1: 0, y2: 6 }))),
    ...columns,
    svg('line', { class: 'flow-line', x1: EDGE.left - 8, x2: width - EDGE.right, y1: line, y2: line }),
    mark(Math.max(EDGE.top - 6, Math.min(EDGE.top + 6, line - 18)), 'In', written(tops.in, currency)),
    mark(Math.min(line + 16, HEIGHT - 30), 'Out', written(tops.out, currency)),
  );
}

/** What somebody is told who does not see it. */
function spoken(drawn: readonly Month[], currency: string): string {
  const most = (key: 'paidIn' | 'paidOut', way: string): string => {
    const top = highest(drawn.map((month) => month[key]));
    const month = drawn.find((one) => compare(one[key], top) === 0);
    return month === undefined || compare(top, ZERO) === 0
      ? `nothing ${way}`
      : `most ${way} in ${formatMonth(month.month)}, ${written(top, currency)}`;
  };
  return `${drawn.length} months; ${most('paidIn', 'in')}; ${most('paidOut', 'out')}. Each month is in the table below.`;
}

function table(listed: readonly Month[], currency: string, caption: string): HTMLElement {
  const head = ['Month', 'Money in', 'Money out'].map((name) => el('th', { scope: 'col' }, name));
  const rows = listed.map(({ month, paidIn, paidOut }) =>
    el(
      'tr',
      { 'data-month': month },
      el('th', { scope: 'row' }, formatMonth(month)),
      el('td', {}, written(paidIn, currency)),
      el('td', {}, written(paidOut, currency)),
    ));
  return el(
    'table',
    { class: 'flow-table', 'data-testid': 'flow-table' },
    el('caption', { class: 'visually-hidden' }, caption),
    el('thead', {}, el('tr', {}, ...head)),
    el('tbody', {}, ...rows),
  );
}

/** Money in and out by month in one currency: drawn, and as a table. */
export function flowFigure(listed: readonly Month[], currency: string, { label, note }: { label: string; note: string }): HTMLElement {
  const drawn = lastMonths(listed, DRAWN);
  // A month in which nothing was booked is drawn as one, and stands in the table too.
  const all = [...drawn.toReversed(), ...listed.filter(({ month }) => month < (drawn[0]?.month ?? ''))];
  const name = `Money in and out of ${label}${currency === '' ? '' : ` in ${currency}`}, by month`;
  return el(
    'figure',
    { class: 'flow', 'data-testid': 'flow' },
    el('figcaption', {}, el('span', { class: 'flow-title' }, 'Money in and out by month'), el('span', { class: 'flow-note' }, note)),
    drawing(drawn, currency, name),
    el(
      'details',
      { class: 'flow-more' },
      el('summary', {}, 'Each month as a table', ofAccount(label)),
      table(all, currency, name),
    ),
  );
}
