import * as glue from '../../generated/server/tell_connect_bg.js';
import { type Knock, LIMITS, type Outcome, type Sessions, type VisitStep } from '../generated/core.js';
import { Held } from '../server/held.js';
import { json, members, text } from '../take.js';

const SESSIONS = ['aisp', 'pisp'] as const satisfies readonly (keyof Sessions)[];
const KNOCK = ['method', 'secPurpose', 'purpose'] as const satisfies readonly (keyof Knock)[];

/**
 * A browser's call that concerns more than one consent. `next` says what to do; what a consent replies goes into it
 * again, until it says how to answer the browser.
 */
export class Visit {
  readonly #held: Held<glue.Visit>;

  private constructor(raw: glue.Visit) {
    this.#held = new Held(raw);
  }

  /** The browser asks to be sent to the bank: `asked` is what it sent. */
  static authorise(sessions: Sessions, asked: unknown): Visit {
    return new Visit(glue.Visit.authorise(sessionsOf(sessions), members(asked, ['scope', 'application'], LIMITS.text)));
  }

  /** The bank sent the browser back, to this URL. */
  static callback(sessions: Sessions, knock: Knock, url: string): Visit {
    return new Visit(glue.Visit.callback(sessionsOf(sessions), members(knock, KNOCK, LIMITS.text), text(url, 'url', LIMITS.text)));
  }

  next(reply?: Outcome): VisitStep {
    return this.#held.raw.next(json(reply, 'invalid_argument', LIMITS.text)) as VisitStep;
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
  return Object.fromEntries(SESSIONS.map((scope) => [scope, members(sessions, SESSIONS, 0)[scope] === true])) as unknown as Sessions;
}
