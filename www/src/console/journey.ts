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

/** The elements of index.html that make up the panel. */
export interface JourneyPlaces {
  panel: HTMLElement;
  host: HTMLElement;
  jump: HTMLElement;
}

/**
 * The developer's panel: it is there where the worker shows its calls, and what is in it is loaded when the panel is
 * first seen. `refresh` is called after an action, never by a timer. `onShown` is called once.
 */
export function mountJourney(
  { panel, host, jump }: JourneyPlaces,
  ask: () => Promise<Journey | undefined>,
  onShown: () => void,
) {
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
        const isFirst = last === undefined;
        last = await ask();
        panel.hidden = last === undefined;
        jump.hidden = last === undefined;
        show();
        if (isFirst && last !== undefined) onShown();
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
