// Tells the host what happens to its consents, and hands on what sweeps bring: by its queues, or by its handlers.
import type { HostEvent, SweepResult } from '../generated/core.js';
import { type Row, rowsOf } from '../views/workerd.js';
import type { Env } from './settings.js';

/** A host's own handler. An event is told again, with the same id, until this is done without an error. */
export type Listener = (event: HostEvent, env: Env) => unknown;

/** What a sweep brings, and with a plan's `views` the rows that it has, in place of a body or beside one. */
export interface Brought extends Omit<SweepResult, 'views'> {
  /** The rows that were read, where the plan asked for them. */
  rows?: Row[];
}

/** A host's own handler of what sweeps bring: an answer of the bank's is one result, however long. */
export type Taker = (result: Brought, env: Env) => unknown;

/** The most of a message's rows, in characters of JSON: a queue takes 128 KB, and a character is three bytes at most. */
const MOST = 40_000;

/** Whether the host has it. */
export async function tellHost(event: HostEvent, env: Env, listener: Listener | undefined): Promise<boolean> {
  try {
    await Promise.all([env.TELL_EVENTS?.send(event), listener?.(event, env)]);
    return true;
  } catch {
    return false;
  }
}

/** Whether the host has all of it. */
export async function handOn(pieces: SweepResult[], env: Env, taker: Taker | undefined): Promise<boolean> {
  const [first] = pieces;
  if (first === undefined || (taker === undefined && env.TELL_RESULTS === undefined)) return false;
  const whole = pieces.map(({ body }) => body).join('');
  try {
    const rows = first.views === true ? rowsIn(first.path, whole) : undefined;
    // One after the other: together they may be more than a batch of a queue's holds.
    for (const { views: _, ...piece } of pieces) await env.TELL_RESULTS?.send(piece);
    for (const message of ofRows(first, rows ?? [])) await env.TELL_RESULTS?.send(message);
    const { views: _, ...about } = first;
    await taker?.({ ...about, pieces: 1, body: whole, ...(rows && { rows }) }, env);
    return true;
  } catch {
    return false;
  }
}

/** The rows, where the bank's text is one of its kind; the text itself is there in any case. */
function rowsIn(path: string, body: string): Row[] | undefined {
  try {
    return rowsOf(path, body);
  } catch {
    return undefined;
  }
}

/** Rows as messages of their own, each within what a queue takes; a row that is not goes with the text alone. */
function* ofRows({ views: _, ...about }: SweepResult, rows: readonly Row[]): Generator<Brought> {
  let [part, size, number]: [Row[], number, number] = [[], 0, 0];
  const message = (): Brought => ({ ...about, id: `${about.id}-r${(number += 1)}`, body: '', rows: part });
  for (const row of rows) {
    const { length } = JSON.stringify(row);
    if (length > MOST) continue;
    if (size + length > MOST) {
      yield message();
      [part, size] = [[], 0];
    }
    part.push(row);
    size += length;
  }
  if (part.length > 0) yield message();
}
