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

/** `onOpened` is called when somebody opens it. */
export function mountPanel({ panel, toggle }: PanelPlaces, onOpened: () => void) {
  const root = document.documentElement;
  const usual = (): Place => (window.matchMedia(WIDE).matches ? 'open' : 'closed');

  function set(place: Place): void {
    root.dataset['panel'] = place;
    toggle.setAttribute('aria-expanded', String(place === 'open'));
  }

  set(kept() ?? 'none');

  toggle.addEventListener('click', () => {
    const place = root.dataset['panel'] === 'open' ? 'closed' : 'open';
    keep(place);
    set(place);
    // Beside the main part it is seen at once; below it, it is gone to.
    if (place === 'open' && !window.matchMedia(WIDE).matches) panel.scrollIntoView({ block: 'start' });
    if (place === 'open') onOpened();
  });

  return {
    isOpen: (): boolean => root.dataset['panel'] === 'open',

    /** Whether the worker shows its calls. */
    told(shows: boolean): void {
      panel.hidden = !shows;
      toggle.hidden = !shows;
      const before = root.dataset['panel'];
      if (!shows) keep('none');
      // A first view is calm and does not move. From the next one on the panel stands where it usually does.
      else if (kept() === undefined || kept() === 'none') keep(usual());
      set(!shows ? 'none' : before === 'open' ? 'open' : 'closed');
    },
  };
}
