import { type AccountEvents } from './account/reader.ts';
import { type Api, type Consent, Problem } from './api.ts';
import { problemNotice } from './notice.ts';
import { skeleton } from './skeleton.ts';

/** Shows the accounts in `host`. What reads and draws them is loaded by those who have some. */
export function mountAccounts(host: HTMLElement, api: Api, events: AccountEvents) {
  async function show(consent: Pick<Consent, 'permissions' | 'budget'>): Promise<void> {
    // What was shown before is cut off, and its reads find no place any more.
    const place = document.createElement('div');
    place.className = 'accounts';
    place.append(...skeleton(3));
    place.setAttribute('aria-busy', 'true');
    host.replaceChildren(place);
    try {
      const { showAccounts } = await import('./account/view.ts');
      await showAccounts(place, { api, events, consent });
    } catch (error) {
      const problem = new Problem('worker_unreachable', { detail: String(error) });
      place.replaceChildren(problemNotice(problem, () => show(consent)));
      place.removeAttribute('aria-busy');
    }
  }

  return { show, clear: (): void => host.replaceChildren() };
}
