import type { CallLog } from 'tell-connect/machine';
import type { Scope } from '../api.ts';

/** What the worker tells of the calls of one scope. */
export interface Journey {
  scope: Scope;
  log: CallLog;
}

/** The developer's console, once it is loaded. */
export interface Console {
  show(journey: Journey): void;
}

/**
 * What is in the developer's panel, loaded when it is first seen. `refresh` is called after an action, never by a
 * timer.
 */
export function mountJourney(host: HTMLElement, ask: () => Promise<Journey | undefined>) {
  let running: Promise<void> | undefined;
  let again = false;
  let last: Journey | undefined;
  let loading: Promise<Console> | undefined;

  function show(): void {
    if (last === undefined || host.offsetParent === null) return;
    loading ??= import('./console.ts').then(({ mountConsole }) => mountConsole(host));
    // What cannot be loaded is asked for again with the next action.
    loading.then((shown) => last && shown.show(last)).catch(() => (loading = undefined));
  }

  // A panel that opens has a size from then on.
  new ResizeObserver(show).observe(host);

  async function load(): Promise<void> {
    do {
      again = false;
      try {
        last = await ask();
        show();
      } catch {
        // The panel explains and is needed for nothing: what it last showed stays, and the next action asks again.
      }
    } while (again);
    running = undefined;
  }

  return {
    /** Asks for the steps; calls that come while one is under way share the one after it. */
    refresh(): Promise<void> {
      if (running) again = true;
      else running = load();
      return running;
    },
  };
}
