/** What a suite has found, for the terminal and in Markdown. */

import { spread, times } from './measure.ts';

export interface Suite {
  title: string;
  /** What is measured, a paragraph of Markdown. */
  text: string;
  tables: Table[];
  /** Of each contestant, where there are some: what it took to get the same out of it. */
  notes: Array<[name: string, note: string]>;
}

/** The first column is text, the others are figures. */
export interface Table {
  title: string;
  head: string[];
  rows: string[][];
  /** How it was measured, a paragraph of Markdown. */
  text: string;
}

/** A suite's part of the results. `machine` says where it was measured. */
export function markdown(name: string, { title, text, tables, notes }: Suite, machine: string): string {
  const list = notes.map(([contestant, note]) => wrapped(`- **${contestant}**: ${note}.`, '  '));
  const parts = [`## ${name}: ${title}`, '', wrapped(machine), '', wrapped(text), '', ...tables.map(markdownTable)];
  if (list.length > 0) parts.push('### What the identical result took', '', ...list, '');
  return parts.join('\n');
}

function markdownTable({ title, head, rows, text }: Table): string {
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, at) => (at === 0 ? '---' : '--:'));
  return [`### ${title}`, '', ...[head, rule, ...rows].map(line), '', wrapped(text), ''].join('\n');
}

export function terminal({ tables, notes }: Suite): string {
  const list = notes.map(([name, note]) => wrapped(`  ${name}: ${note}.`, '    '));
  const parts = tables.map(terminalTable);
  if (list.length > 0) parts.push('What the identical result took', '', ...list, '');
  return parts.join('\n');
}

function terminalTable({ title, head, rows }: Table): string {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)));
  const line = (cells: string[]): string =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ');
  const rule = widths.map((width) => '─'.repeat(width)).join('──');
  return ['', title, '', ...[head, ...rows].map((row) => `  ${line(row)}`).toSpliced(1, 0, `  ${rule}`), ''].join('\n');
}

/** `1.23 (1.20–1.31)`, in digits that the number deserves. */
export function figure(values: number[]): string {
  const { low, median, high } = spread(values);
  return `${digits(median)} (${digits(low)}–${digits(high)})`;
}

/** `2.40× slower`, or nothing where a difference of two times is lost in their noise. */
export function ratio(theirs: number[], ours: number[]): string {
  if (spread(theirs).low <= 0) return '';
  const ratio = times(theirs, ours);
  return ratio >= 1 ? `${ratio.toFixed(2)}× slower` : `${(1 / ratio).toFixed(2)}× faster`;
}

/** The text in lines of at most 120 columns, all but the first behind an indent. */
function wrapped(text: string, indent = ''): string {
  const lines = [''];
  for (const word of text.replaceAll('\n', ' ').split(' ')) {
    const longer = `${lines.at(-1)}${word} `;
    if (longer.length <= 121) lines[lines.length - 1] = longer;
    else lines.push(`${indent}${word} `);
  }
  return lines.map((line) => line.trimEnd()).join('\n');
}

function digits(value: number): string {
  return value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);
}
