// Tells the host what happens to its consents, and hands on what sweeps bring: by its queues, or by its handlers.
import type { HostEvent, SweepResult } from '../generated/core.js';
import type { Env } from './settings.js';

/** A host's own handler. An event is told again, with the same id, until this is done without an error. */
export type Listener = (event: HostEvent, env: Env) => unknown;

/** A host's own handler of what sweeps bring: an answer of the bank's is one result, however long. */
export type Taker = (result: SweepResult, env: Env) => unknown;

/** Whether the host has it. */
export async function tellHost(event: HostEvent, env: Env, listener: Listener | undefined): Promise<boolean> {
  try {
    await Promise.all([env.TELL_EVENTS?.send(event), listener?.(event, env)]);
    return true;
  } catch {
    return false;
  }
}

/** Whether the host has all pieces. */
export async function handOn(pieces: SweepResult[], env: Env, taker: Taker | undefined): Promise<boolean> {
  const [first] = pieces;
  if (first === undefined || (taker === undefined && env.TELL_RESULTS === undefined)) return false;
  try {
    // One after the other: together they may be more than a batch of a queue's holds.
    for (const piece of pieces) await env.TELL_RESULTS?.send(piece);
    await taker?.({ ...first, pieces: 1, body: pieces.map(({ body }) => body).join('') }, env);
    return true;
  } catch {
    return false;
  }
}
