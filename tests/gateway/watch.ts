/** The two rules that no single request shows: they need a memory of the ones before. */

import type { Consent } from './bank.ts';

const UNATTENDED_PER_DAY = 4;
const DAY_SECONDS = 24 * 3600;

/** REF-2: of one consent no second refresh may come in while the first is unanswered. */
export class RefreshWatch {
  readonly #inside = new Map<Consent, number>();

  /** Whether another was inside already, and what to call, once or more, when this one has left. */
  enter(consent: Consent): { readonly alone: boolean; readonly leave: () => void } {
    const inside = this.#inside.get(consent) ?? 0;
    this.#inside.set(consent, inside + 1);
    let left = false;
    const leave = (): void => {
      if (!left) this.#inside.set(consent, (this.#inside.get(consent) ?? 1) - 1);
      left = true;
    };
    return { alone: inside === 0, leave };
  }
}

/** ACC-2: without the PSU at most four requests per method, concrete path and consent in any 24 hours. */
export class UnattendedBudget {
  readonly #spent = new Map<string, number[]>();

  allows(consent: Consent, method: string, path: string, now: number): boolean {
    const key = `${consent.id} ${method} ${path}`;
    const recent = (this.#spent.get(key) ?? []).filter((at) => now - at < DAY_SECONDS);
    if (recent.length >= UNATTENDED_PER_DAY) return false;
    this.#spent.set(key, [...recent, now]);
    return true;
  }
}
