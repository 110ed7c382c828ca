/** What the page and the simulator's own thread say to each other. */

import type { Batch, LifeTold, LinkTold, Offer } from '../../generated/simulator.ts';

export type Ask =
  | { ask: 'offer' }
  | { ask: 'read'; link: string }
  /** Lives from the link's on, until stopped or until one breaks a rule. `one`: one at a time, to find the one that traps. */
  | { ask: 'run'; link: string; one: boolean }
  | { ask: 'stop' }
  | { ask: 'tell'; link: string; shortest: boolean };

export type Said =
  | { say: 'offer'; offer: Offer }
  | { say: 'read'; told: LinkTold | undefined }
  | { say: 'batch'; batch: Batch; milliseconds: number; next: LinkTold }
  | { say: 'stopped' }
  | { say: 'life'; life: LifeTold }
  /** The wasm trapped: in this life, or in one of some from this one on. It is of no use any more. */
  | { say: 'trapped'; word: string; link: LinkTold | undefined; lives: number };
