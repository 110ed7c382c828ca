import { type Problem, asProblem } from '../api.ts';
import { partNotice } from '../notice.ts';
import { skeleton } from '../skeleton.ts';

/** What the rest of the page wants to hear about. */
export interface AccountEvents {
  /** Calls were made: the journey has new steps. */
  onCalls(): void;
  /** A call was refused as if the consent had ended: whether it has, and the page now says so. */
  onConsentRefused(): Promise<boolean>;
}

const CONSENT_ENDED = new Set([
  'consent_not_found',
  'revoked',
  'reauthorise',
  'expired',
  'declined',
  'code_expired',
  'spent',
]);

/** Reads of one page that are under way at once: half of what a consent has by default, since another tab may be open. */
const AT_ONCE = 4;

/** Reads what the places of the page show, a few at a time. */
export class Reader {
  readonly #events: AccountEvents;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  constructor(events: AccountEvents) {
    this.#events = events;
  }

  /** Has its turn among the reads of this page. */
  async inTurn<T>(read: () => Promise<T>): Promise<T> {
    if (this.#underWay >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#underWay += 1;
    try {
      return await read();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#underWay -= 1;
      else next();
    }
  }

  /** Fills `place` with what `load` gives, or with what went wrong and the way to try again. */
  async fill(place: HTMLElement, load: () => Promise<Node[]>, lines: number): Promise<void> {
    place.setAttribute('aria-busy', 'true');
    place.replaceChildren(...skeleton(lines));
    try {
      place.replaceChildren(...(await load()));
    } catch (error) {
      const told = await this.tell(asProblem(error), () => this.fill(place, load, lines));
      if (told !== undefined) place.replaceChildren(told);
    } finally {
      place.removeAttribute('aria-busy');
      this.#events.onCalls();
    }
  }

  /** What stands in place of what could not be read; undefined where the consent has ended, and the page says so. */
  async tell(problem: Problem, again: () => Promise<void>): Promise<HTMLElement | undefined> {
    if (CONSENT_ENDED.has(problem.code) && (await this.#events.onConsentRefused())) return undefined;
    return partNotice(problem, again);
  }
}
