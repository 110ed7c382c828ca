import type { Entry } from '../journal/journal.ts';
import type { EnvironmentName } from '../life.ts';

/** Whether to write in colours: a terminal, and nobody who asks for none (no-color.org). */
export function mayColour(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}

const [RED, GREEN, YELLOW, DIM, BOLD] = [31, 32, 33, 2, 1] as const;

const colour = (code: number, text: string, coloured: boolean): string =>
  coloured ? `\u001b[${code}m${text}\u001b[0m` : text;

/** One call as a line for people: when, what, how it ended, whose it is, and why it was refused. */
export function lineOf(entry: Entry, { label, coloured }: { label: string; coloured: boolean }): string {
  const { trueAt, method, target, status, milliseconds, app, intentId, refusal, fault, notes } = entry;
  const paint = (code: number, text: string): string => colour(code, text, coloured);
  const parts = [
    paint(DIM, clockTime(trueAt)),
    ...(label === '' ? [] : [label.padEnd(10)]),
    paint(BOLD, `${method.padEnd(4)} ${printable(target)}`.padEnd(38)),
    paint(colourOf(status), status === 0 ? 'cut' : String(status)),
    paint(DIM, `${milliseconds.toFixed(1)} ms`.padStart(8)),
    ...(app === null ? [] : [paint(DIM, printable(app))]),
    ...(intentId === null ? [] : [paint(DIM, `consent ${intentId.slice(0, 8)}`)]),
    ...(fault === null ? [] : [paint(YELLOW, `fault: ${fault}`)]),
    ...(refusal === null ? [] : [paint(RED, refusal.rule), printable(refusal.error_description)]),
    ...notes.map((note) => paint(DIM, `(${printable(note)})`)),
  ];
  return parts.join('  ');
}

/** The same for a program. */
export function jsonOf(entry: Entry, environment: EnvironmentName): string {
  return JSON.stringify({ event: 'call', environment, ...entry });
}

function colourOf(status: number): number {
  if (status === 0 || status >= 500) return RED;
  return status >= 400 ? YELLOW : GREEN;
}

function clockTime(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}

/** A caller's text cannot steer the terminal, nor fill it. */
function printable(text: string): string {
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '�');
  return plain.length > 300 ? `${plain.slice(0, 299)}…` : plain;
}
