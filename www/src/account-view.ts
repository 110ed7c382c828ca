import { mountAccounts } from './accounts.ts';
import { type Api, type Consent, asProblem } from './api.ts';
import type { Arrival } from './arrival.ts';
import { stateInWords } from './consent-words.ts';
import { consentSummary } from './consent.ts';
import { byId, whileBusy } from './dom.ts';
import { CONNECTED, DISCONNECTED, messageFor } from './messages.ts';
import { notice, problemNotice } from './notice.ts';

/** What the rest of the page wants to hear about. */
export interface AccountViewEvents {
  /** Calls were made: the journey has new steps. */
  onCalls(): void;
}

/** The view of a bank's accounts: connecting, what was agreed to, and the accounts. */
export function mountAccountView(api: Api, events: AccountViewEvents) {
  const main = byId('main', HTMLElement);
  const title = byId('title', HTMLHeadingElement);
  const state = byId('state', HTMLParagraphElement);
  const outcome = byId('outcome', HTMLDivElement);
  const progress = byId('progress', HTMLParagraphElement);
  const connectSection = byId('connect-section', HTMLElement);
  const connectButton = byId('connect', HTMLButtonElement);
  const consentSection = byId('consent-section', HTMLElement);
  const accountsSection = byId('accounts-section', HTMLElement);
  const dialog = byId('disconnect-dialog', HTMLDialogElement);
  const disconnectButton = byId('disconnect', HTMLButtonElement);
  const confirmButton = byId('disconnect-confirm', HTMLButtonElement);

  const accounts = mountAccounts(byId('accounts', HTMLDivElement), api, {
    onCalls: events.onCalls,
    onConsentRefused: showIfEnded,
  });

  function tell(...message: HTMLElement[]): void {
    for (const element of message) element.dataset['testid'] = 'outcome';
    outcome.replaceChildren(...message);
  }

  /** Tells a code in words. Where connecting again is what helps, the connect button stands right below. */
  function tellCode(code: string, retry: () => Promise<void>): void {
    const message = messageFor(code);
    tell(notice(message, { code, retry: message.next === 'retry' ? retry : undefined }));
  }

  function showState(consent: Consent | undefined): void {
    state.hidden = consent === undefined;
    state.textContent = consent === undefined ? '' : stateInWords(consent.state);
    if (consent === undefined) delete state.dataset['state'];
    else state.dataset['state'] = consent.state;
  }

  /** Lays the page out for the consent that this browser has, or for none. */
  function showConsent(consent: Consent | undefined): void {
    const active = consent?.state === 'active';
    showState(consent);
    title.textContent = active ? 'Your accounts' : 'Your bank accounts, read only';
    connectButton.textContent = consent === undefined ? 'Connect your bank' : 'Connect again';
    connectSection.hidden = active;
    consentSection.hidden = !active;
    accountsSection.hidden = !active;
    if (consent && active) byId('consent', HTMLDivElement).replaceChildren(...consentSummary(consent));
    else accounts.clear();
  }

  /** What is to be told first: the outcome that the browser came back with, otherwise an ended consent's state. */
  function tellArrival(arrival: Arrival | undefined, consent: Consent | undefined): void {
    const active = consent?.state === 'active';
    if (arrival?.kind === 'connected' && active) tell(notice(CONNECTED, { code: 'connected' }));
    else if (arrival?.kind === 'declined') tellCode('declined', connect);
    else if (arrival?.kind === 'error') tellCode(arrival.code, connect);
    else if (consent && !active) tellCode(consent.state, refresh);
    else tell();
  }

  /** Asks for the consent and shows what follows from it. */
  async function refresh(arrival?: Arrival): Promise<void> {
    main.setAttribute('aria-busy', 'true');
    try {
      const consent = await api.consent();
      showConsent(consent);
      tellArrival(arrival, consent);
      if (consent?.state === 'active') void accounts.show(consent.budget);
    } catch (error) {
      tell(problemNotice(asProblem(error), () => refresh(arrival)));
    } finally {
      main.removeAttribute('aria-busy');
      events.onCalls();
    }
  }

  /**
   * Shows the consent's end, if that is what a refused call meant. A consent that the worker still calls active stays
   * on the page with the refusal beside it: asking for the accounts again would be refused again, without end.
   */
  async function showIfEnded(): Promise<boolean> {
    const consent = await api.consent().catch(() => null);
    if (consent === null || consent?.state === 'active') return false;
    showConsent(consent);
    tellArrival(undefined, consent);
    return true;
  }

  /** Starts an authorisation and leaves for the bank. */
  async function connect(): Promise<void> {
    await whileBusy(connectButton, async () => {
      progress.textContent = 'Preparing the way to your bank…';
      try {
        const location = await api.authorise();
        progress.textContent = 'Going to your bank…';
        window.location.assign(location);
        // The button stays busy until the browser has left: a second click would start a second authorisation.
        await new Promise<never>(() => {});
      } catch (error) {
        progress.textContent = '';
        tell(problemNotice(asProblem(error), connect));
        events.onCalls();
      }
    });
  }

  async function disconnect(): Promise<void> {
    try {
      await whileBusy(confirmButton, api.disconnect);
      dialog.close();
      showConsent(undefined);
      tell(notice(DISCONNECTED, { code: 'disconnected' }));
      // The button that opened the dialog is gone with its section.
      title.focus();
    } catch (error) {
      dialog.close();
      tell(problemNotice(asProblem(error), async () => dialog.showModal()));
      outcome.scrollIntoView({ block: 'nearest' });
    }
    events.onCalls();
  }

  connectButton.addEventListener('click', () => void connect());
  disconnectButton.addEventListener('click', () => dialog.showModal());
  confirmButton.addEventListener('click', () => void disconnect());
  byId('disconnect-cancel', HTMLButtonElement).addEventListener('click', () => dialog.close());

  return { show: refresh };
}
