// A stored consent that cannot be read is read again at each call, and erased by time all the same (REV-2).
import { TIMES } from '../generated/core.js';

/** Kept beside it: since when it cannot be read, and when that was found out last. */
export interface Unreadable {
  since: number;
  last: number;
}

/** What follows from a reading that failed: to erase it, or to note it and read again `at`. */
export function afterFailure(before: Unreadable | undefined, now: number): { at: number; note: Unreadable } | 'erase' {
  const { since, last } = before ?? { since: now, last: now };
  const isOver = (time: number): boolean => time - since >= TIMES.unreadableKept;
  // Time alone ends it, so a second reading of the clock has to confirm it.
  if (isOver(now) && isOver(last) && now - last >= TIMES.confirmed) return 'erase';
  // The first failure may pass soon.
  const isSoon = before === undefined || isOver(now);
  return { at: now + (isSoon ? TIMES.confirmed : TIMES.unreadableAgain), note: { since, last: now } };
}
