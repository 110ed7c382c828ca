import type { Figures, Kind } from './api.ts';

export const NOTHING = 'N/A';
export const NAMES: Readonly<Record<Kind, string>> = { aisp: 'AISP', pisp: 'PISP', cbpii: 'CBPII' };

/** A figure of the guide's table: what it is called, its number, and how that is written. */
export interface Metric {
  name: string;
  /** As a heading of its days. */
  daily: string;
  of(figures: Figures): number | undefined;
  write(figure: number): string;
}

const percent = (figure: number): string => `${figure.toFixed(2)}%`;
const time = (figure: number): string => `${Math.round(figure)} ms`;

export const UPTIME: Metric = { name: 'Uptime', daily: 'Daily uptime', of: ({ uptime }) => uptime, write: percent };
export const TIME: Metric = {
  name: 'Average Request Time', daily: 'Daily request time', of: ({ averageMs }) => averageMs, write: time,
};
export const ERRORS: Metric = { name: 'Error Rate', daily: 'Daily error rate', of: ({ errorRate }) => errorRate, write: percent };

/** Those of the guide. */
export const METRICS: readonly Metric[] = [UPTIME, TIME, ERRORS];

const also = (name: string, of: Metric['of'], write: Metric['write']): Metric => ({ name, daily: name, of, write });

/** What is told beside them. */
export const MORE: readonly Metric[] = [
  also('Error Rate (bank)', ({ bankErrorRate }) => bankErrorRate, percent),
  also('Error Rate (network)', ({ networkErrorRate }) => networkErrorRate, percent),
  also('Request Time, half within', ({ p50Ms }) => p50Ms, time),
  also('95 of 100 within', ({ p95Ms }) => p95Ms, time),
  also('99 of 100 within', ({ p99Ms }) => p99Ms, time),
  also('Requests', ({ requests }) => requests, String),
];

/** As the table shows it. */
export function written(metric: Metric, figures: Figures | undefined): string {
  const figure = figures && metric.of(figures);
  return figure === undefined ? NOTHING : metric.write(figure);
}
