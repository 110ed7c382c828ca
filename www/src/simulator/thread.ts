/** The simulator's own thread, so that the page stays at hand while thousands of lives are lived. */

import init, { Run, offer, read, trapped } from '../../generated/simulator/simulator.js';
import type { Batch, LifeTold, LinkTold, Offer } from '../../generated/simulator.ts';
import type { Ask, Said } from './messages.ts';

/** How long lives are lived before the page hears of them. */
const MILLISECONDS = 100;

const ready = init();
let isStopped = true;

const say = (said: Said): void => postMessage(said);
/** Lets a message come in. A timer would wait longer. */
const { port1, port2 } = new MessageChannel();
const moment = (): Promise<void> => new Promise((resolve) => {
  port1.onmessage = () => resolve();
  port2.postMessage(0);
});

async function run(link: string, one: boolean): Promise<void> {
  const lives = Run.of(link);
  let count = one ? 1 : 100;
  let next = read(link) as LinkTold | undefined;
  try {
    while (!isStopped && lives !== undefined) {
      const started = performance.now();
      const batch = lives.live(count) as Batch;
      const milliseconds = performance.now() - started;
      next = lives.next() as LinkTold;
      say({ say: 'batch', batch, milliseconds, next });
      if (batch.violation !== null) break;
      if (!one) count = Math.max(1, Math.min(50_000, Math.round((count * MILLISECONDS) / Math.max(1, milliseconds))));
      await moment();
    }
    say({ say: 'stopped' });
  } catch {
    say({ say: 'trapped', word: trapped() ?? '', link: next, lives: count });
  }
}

async function answer(ask: Ask): Promise<void> {
  if (ask.ask === 'stop') {
    isStopped = true;
    return;
  }
  // At once: a stop may come while the wasm is still on its way.
  if (ask.ask === 'run') isStopped = false;
  await ready;
  if (ask.ask === 'offer') return say({ say: 'offer', offer: offer() as Offer });
  if (ask.ask === 'read') return say({ say: 'read', told: read(ask.link) as LinkTold | undefined });
  if (ask.ask === 'run') return run(ask.link, ask.one);
  const lives = Run.of(ask.link);
  if (lives === undefined) return say({ say: 'read', told: undefined });
  try {
    say({ say: 'life', life: (ask.shortest ? lives.shortest() : lives.life()) as LifeTold });
  } catch {
    say({ say: 'trapped', word: trapped() ?? '', link: read(ask.link) as LinkTold | undefined, lives: 1 });
  }
}

addEventListener('message', ({ data }: MessageEvent<Ask>) => void answer(data));
