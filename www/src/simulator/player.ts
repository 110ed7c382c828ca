/** Has lives lived in a thread of their own. Runs and questions have a thread each, so that neither waits for the other. */

import type { Batch, LifeTold, LinkTold, Offer } from '../../generated/simulator.ts';
import type { Ask, Said } from './messages.ts';

export interface Heard {
  batch(batch: Batch, milliseconds: number, next: LinkTold): void;
  /** Something in the core trapped. With the life in which it did, once that is found. */
  trapped(word: string, link: LinkTold | undefined): void;
  stopped(): void;
}

export class Trapped extends Error {}

const start = (): Worker => new Worker(new URL('./thread.ts', import.meta.url), { type: 'module' });

/** Asks one question of a thread. */
function once<T>(thread: Worker, ask: Ask, take: (said: Said) => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    thread.onmessage = ({ data }: MessageEvent<Said>) => {
      if (data.say === 'trapped') reject(new Trapped(data.word));
      else resolve(take(data) as T);
    };
    thread.onerror = () => reject(new Error('The simulator could not be loaded.'));
    thread.postMessage(ask);
  });
}

export class Player {
  #asked: Worker | undefined;
  #running: Worker | undefined;
  /** One question at a time. */
  #last: Promise<unknown> = Promise.resolve();

  offer(): Promise<Offer> {
    return this.#ask({ ask: 'offer' }, (said) => (said.say === 'offer' ? said.offer : undefined));
  }

  /** What a link says; undefined for one that nobody can follow. */
  read(link: string): Promise<LinkTold | undefined> {
    return this.#ask({ ask: 'read', link }, (said) => (said.say === 'read' ? said.told : undefined));
  }

  /** One life, step by step. */
  tell(link: string, shortest: boolean): Promise<LifeTold> {
    return this.#ask({ ask: 'tell', link, shortest }, (said) => (said.say === 'life' ? said.life : undefined));
  }

  run(link: string, heard: Heard, one = false): void {
    const thread = this.#running ?? start();
    this.#running = thread;
    thread.onmessage = ({ data }: MessageEvent<Said>) => {
      if (data.say === 'batch') heard.batch(data.batch, data.milliseconds, data.next);
      if (data.say === 'stopped') heard.stopped();
      if (data.say !== 'trapped') return;
      this.end();
      if (data.lives > 1 && data.link !== undefined) this.run(data.link.link, heard, true);
      else heard.trapped(data.word, data.link);
    };
    thread.onerror = () => {
      this.end();
      heard.trapped('', undefined);
    };
    thread.postMessage({ ask: 'run', link, one } satisfies Ask);
  }

  stop(): void {
    this.#running?.postMessage({ ask: 'stop' } satisfies Ask);
  }

  /** Ends what runs, in the middle of a life if need be. */
  end(): void {
    this.#running?.terminate();
    this.#running = undefined;
  }

  #ask<T>(ask: Ask, take: (said: Said) => T | undefined): Promise<T> {
    const answer = this.#last.then(() => {
      this.#asked ??= start();
      return once(this.#asked, ask, take);
    });
    this.#last = answer.catch(() => {
      // A thread that trapped or did not load answers nothing any more.
      this.#asked?.terminate();
      this.#asked = undefined;
    });
    return answer;
  }
}
