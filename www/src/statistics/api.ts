import { Problem, type Send, createCaller } from '../api.ts';
import { type JsonObject, asObject, asText } from '../read.ts';

export const KINDS = ['aisp', 'pisp', 'cbpii'] as const;
export type Kind = (typeof KINDS)[number];

/** The figures of one kind over some time: rates in per cent. */
export interface Figures {
  requests: number;
  uptime: number;
  averageMs: number | undefined;
  p50Ms: number | undefined;
  p95Ms: number | undefined;
  p99Ms: number | undefined;
  errorRate: number;
  bankErrorRate: number;
  networkErrorRate: number;
}

/** Of each kind; undefined where nothing was asked. */
export type Row = { name: string } & Record<Kind, Figures | undefined>;

export interface Statistics {
  from: string;
  to: string;
  summary: Row;
  days: Row[];
  quarters: Row[];
}

function readFigures(value: unknown): Figures | undefined {
  const figures = asObject(value);
  if (figures === undefined) return undefined;
  const known = (name: string): number | undefined => {
    const figure = Number(figures[name] ?? Number.NaN);
    return Number.isFinite(figure) ? figure : undefined;
  };
  const sure = (name: string): number => known(name) ?? 0;
  return {
    requests: sure('requests'),
    uptime: sure('uptime'),
    averageMs: known('averageMs'),
    p50Ms: known('p50Ms'),
    p95Ms: known('p95Ms'),
    p99Ms: known('p99Ms'),
    errorRate: sure('errorRate'),
    bankErrorRate: sure('bankErrorRate'),
    networkErrorRate: sure('networkErrorRate'),
  };
}

function readRow(value: unknown, name: string): Row {
  const row: JsonObject = asObject(value) ?? {};
  const { aisp, pisp, cbpii } = row;
  return { name: asText(row[name]) ?? '', aisp: readFigures(aisp), pisp: readFigures(pisp), cbpii: readFigures(cbpii) };
}

/** Reads what the worker tells. */
export function readStatistics(answer: unknown): Statistics {
  const told = asObject(answer);
  const [from, to] = [asText(told?.['from']), asText(told?.['to'])];
  const { days, quarters } = told ?? {};
  if (from === undefined || to === undefined || !Array.isArray(days) || !Array.isArray(quarters)) {
    throw new Problem('worker_bad_answer', { detail: 'The statistics have no days.' });
  }
  const rows = (list: unknown[], name: string): Row[] => list.map((row) => readRow(row, name));
  return { from, to, summary: readRow(told?.['summary'], ''), days: rows(days, 'date'), quarters: rows(quarters, 'quarter') };
}

/** The days that are asked about; the last thirty, without any. */
export interface Days {
  from?: string;
  to?: string;
}

/** The worker's API for the statistics, with a token where one is needed. */
export function createStatisticsApi(send: Send, token: string | undefined) {
  const shown: Send = (path, init) =>
    send(path, token === undefined ? init : { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
  const { call, read } = createCaller(shown);
  const query = (days: Days, more: Record<string, string> = {}): string => {
    const text = new URLSearchParams({ ...days, ...more }).toString();
    return text === '' ? '/statistics' : `/statistics?${text}`;
  };
  return {
    statistics: async (days: Days): Promise<Statistics> => readStatistics(await read(query(days))),
    csv: async (days: Days): Promise<Blob> => (await call('GET', query(days, { format: 'csv' }))).blob(),
  };
}
