import { el } from '../dom.ts';
import { KINDS, type Row } from './api.ts';
import { METRICS, MORE, type Metric, NAMES, written } from './figures.ts';

type Line = readonly [name: string, cells: readonly string[]];

/** A table in the guide's columns. It can scroll, so the keyboard can reach it. */
function table(caption: string, heads: readonly string[], lines: readonly Line[], testid: string): HTMLElement {
  const head = el('tr', {}, ...heads.map((name) => el('th', { scope: 'col' }, name)));
  const rows = lines.map(([name, cells]) =>
    el('tr', {}, el('th', { scope: 'row' }, name), ...cells.map((cell) => el('td', {}, cell))));
  return el(
    'div',
    { class: 'figures', tabindex: '0', role: 'group', 'aria-label': caption },
    el('table', { 'data-testid': testid }, el('caption', {}, caption), el('thead', {}, head), el('tbody', {}, ...rows)),
  );
}

const kinds = KINDS.map((kind) => NAMES[kind]);
const cells = (row: Row, metric: Metric): string[] => KINDS.map((kind) => written(metric, row[kind]));

/** `Summary Data` of the guide, and what is told beside it. */
export function summaryTable(summary: Row): HTMLElement {
  const lines = [...METRICS, ...MORE].map((metric): Line => [metric.name, cells(summary, metric)]);
  return table('Summary data', ['Metric', ...kinds], lines, 'statistics-summary');
}

/** A metric day by day, the latest first. */
export function dailyTable(days: readonly Row[], metric: Metric): HTMLElement {
  const lines = days.map((day): Line => [day.name, cells(day, metric)]).reverse();
  return table(`${metric.daily} details`, ['Date', ...kinds], lines, `statistics-${metric.name.split(' ').at(-1)?.toLowerCase()}`);
}

/** The guide's metrics of each quarter, the latest first. */
export function quarterTable(quarters: readonly Row[]): HTMLElement {
  const lines = quarters.toReversed().flatMap((quarter) =>
    METRICS.map((metric): Line => [`${quarter.name} ${metric.name}`, cells(quarter, metric)]));
  return table('Quarterly reports', ['Quarter', ...kinds], lines, 'statistics-quarters');
}
