/**
 * The developer's panel, behind its toggle. Where it stands is known before the worker has said whether there is one
 * (public/early.js), so that a page that is loaded again does not move.
 */

const KEPT = 'tell-panel';
const WIDE = '(width >= 66rem)';

/** `none`: the worker shows no calls, as in production. */
type Place = 'open' | 'closed' | 'none';
/** `usual`: there is a panel, and nobody has pressed its toggle: it is open where there is room beside the page. */
type Kept = Place | 'usual';

export interface PanelPlaces {
  panel: HTMLElement;
  toggle: HTMLButtonElement;
}

function isChosen(): boolean {
  try {
    return ['open', 'closed'].includes(localStorage.getItem(KEPT) ?? '');
  } catch {
    return false;
  }
}

function keep(place: Kept): void {
  try {
    localStorage.setItem(KEPT, place);
  } catch {
    // It begins anew next time.
  }
}

/** `onOpened` is called when somebody opens it. */
export function mountPanel({ panel, toggle }: PanelPlaces, onOpened: () => void) {
  const root = document.documentElement;

  function set(place: Place): void {
    root.dataset['panel'] = place;
    toggle.setAttribute('aria-expanded', String(place === 'open'));
  }

  const early = root.dataset['panel'];
  set(early === 'open' || early === 'closed' ? early : 'none');

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
      // A first view is calm and does not move. From the next one on the panel stands where it usually does.
      if (!shows || !isChosen()) keep(shows ? 'usual' : 'none');
      set(!shows ? 'none' : root.dataset['panel'] === 'open' ? 'open' : 'closed');
    },
  };
}
