import type { Clock, ClockState } from './clock.ts';
import type { KeptValues } from './kept.ts';

interface Kept {
  /** What the settings said then. */
  configured: number;
  state: ClockState;
}

const NAME = 'clock';

/** How the clock is set outlives a restart, until the settings say something else. */
export function keepClock(clock: Clock, kept: KeptValues): void {
  const configured = clock.offsetSeconds;
  const before = kept.get(NAME) as Kept | undefined;
  if (before?.configured === configured) clock.state = before.state;
  clock.onChange = () => kept.set(NAME, { configured, state: clock.state } satisfies Kept);
}
