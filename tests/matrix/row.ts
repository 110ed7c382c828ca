import type { Place } from './place.ts';

/** A tool, or a runtime, and what is to be true of the package there. */
export interface Row {
  readonly tool: string;
  /** Which one was tried. */
  readonly version: string;
  readonly runs: 'page' | 'server' | 'page and server';
  /** The one line without which the tool refuses, out loud. */
  readonly write?: string;
  /** Slow, and in the same family as a quick one: left out unless all rows are asked for. */
  readonly isSlow?: boolean;
  /** Why it cannot be tried on this machine. */
  readonly missing?: () => string | false;
  run(place: Place): Promise<void>;
}
