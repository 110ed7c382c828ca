/**
 * The developer's panel, behind its toggle. Where it stood last time is known before the worker has said whether there
 * is one, so that a page that is loaded again does not move.
 */

const KEPT = 'tell-panel';
const WIDE = '(width >= 66rem)';

/** `none`: the worker shows no calls, as in production. */
type Place = 'open' | 'closed' | 'none';

export interface PanelPlaces {
  panel: HTMLElement;
  toggle: HTMLButtonElement;
}

function kept(): Place | undefined {
  try {
    const place = localStorage.getItem(KEPT);
    return place === 'open' || place === 'closed' || place === 'none' ? place : undefined;
  } catch {
    return undefined;
  }
}

function keep(place: Place): void {
  try {
    localStorage.setItem(KEPT, place);
  } catch {
    // It begins anew next time.
  }
}

/** `onRead` is called once, when the panel is first open with a call in it. */
export function mountPanel({ panel, toggle }: PanelPlaces, onRead: () => void) {
  const root = document.documentElement;
  const usual = (): Place => (window.matchMedia(WIDE).matches ? 'open' : 'closed');
  let hasCalls = false;
  let wasRead = false;

  function set(place: Place): void {
    root.dataset['panel'] = place;
    toggle.setAttribute('aria-expanded', String(place === 'open'));
    if (place !== 'open' || !hasCalls || wasRead) return;
    wasRead = true;
    onRead();
  }

  set(kept() ?? 'none');

  toggle.addEventListener('click', () => {
    const place = root.dataset['panel'] === 'open' ? 'closed' : 'open';
    keep(place);
    set(place);
    // Beside the main part it is seen at once; below it, it is gone to.
    if (place === 'open' && !window.matchMedia(WIDE).matches) panel.scrollIntoView({ block: 'start' });
  });

  return {
    /** How many calls the worker shows; `undefined` where it shows none to anybody. */
    told(calls: number | undefined): void {
      const shows = calls !== undefined;
      hasCalls ||= (calls ?? 0) > 0;
      const before = root.dataset['panel'];
      if (!shows) keep('none');
      // A first view is calm and does not move. From the next one on the panel stands where it usually does.
      else if (kept() === undefined || kept() === 'none') keep(usual());
      set(!shows ? 'none' : before === 'open' ? 'open' : 'closed');
    },
  };
}
