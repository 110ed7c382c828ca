/// <reference lib="esnext.disposable" preserve="true" />
import * as glue from '../../generated/server/tell_connect_bg.js';
import { type Knock, LIMITS, type Outcome, type Sessions, type VisitStep } from '../generated/core.js';
import { Held } from '../server/held.js';
import { allOf, members, text } from '../take.js';

const SESSIONS = allOf<keyof Sessions>()(['aisp', 'pisp']);
const KNOCK = allOf<keyof Knock>()(['method', 'secPurpose', 'purpose']);

/**
 * A browser's call that concerns more than one consent. `next` says what to do; what a consent replies goes into it
 * again, until it says how to answer the browser.
 */
export class Visit {
  readonly #held: Held<glue.Visit>;

  private constructor(make: () => glue.Visit) {
    this.#held = new Held(make, false);
  }

  /** The browser asks to be sent to the bank: `asked` is what it sent. */
  static authorise(sessions: Sessions, asked: unknown): Visit {
    const [own, plain] = [sessionsOf(sessions), members(asked, ['scope', 'application'], LIMITS.text)];
    return new Visit(() => glue.Visit.authorise(own, plain));
  }

  /** The bank sent the browser back, to this URL. */
  static callback(sessions: Sessions, knock: Knock, url: string): Visit {
    const [own, plain] = [sessionsOf(sessions), members(knock, KNOCK, LIMITS.text)];
    const back = text(url, 'url', LIMITS.text);
    return new Visit(() => glue.Visit.callback(own, plain, back));
  }

  next(reply?: Outcome): VisitStep {
    const plain = reply && { ...reply };
    return this.#held.use((raw) => raw.next(plain)) as VisitStep;
  }

  /** Lets it go at once, where the garbage collector would do so some time. */
  free(): void {
    this.#held.free();
  }

  /** For `using`. */
  [Symbol.dispose](): void {
    this.free();
  }
}

function sessionsOf(sessions: Sessions): Sessions {
  const { aisp, pisp } = members(sessions, SESSIONS, 0);
  return { aisp: aisp === true, pisp: pisp === true };
}
