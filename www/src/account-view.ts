import { mountAccounts } from './accounts.ts';
import { type Api, type Consent, asProblem } from './api.ts';
import { type Arrival, codeToTell } from './arrival.ts';
import { stateInWords } from './consent-words.ts';
import { consentSummary } from './consent.ts';
import { button, byId, el, whileBusy } from './dom.ts';
import {
  CONNECTED, CONNECTED_ELSEWHERE, DISCONNECTED, DISCONNECTED_ELSEWHERE, type Message, messageFor,
} from './messages.ts';
import { bankName } from './names.ts';
import { notice, onConnectAgain, problemNotice } from './notice.ts';
import { RENEWED, renewalFailed, renewalOffer } from './renewal.ts';
import { forgetConnected, isConnectionDue, noteConnected, noteRenewal, takeRenewal } from './session.ts';
import { mountTabs } from './tabs.ts';

/** What the rest of the page wants to hear about. */
export interface AccountViewEvents {
  /** Calls were made: the journey has new steps. */
  onCalls(): void;
}

/** Whether two looks at a consent show the same. */
const isSame = (one: Consent | undefined, other: Consent | undefined): boolean =>
  one?.state === other?.state && one?.grantedAt === other?.grantedAt && one?.renewing === other?.renewing;

/** The view of a bank's accounts: connecting, what was agreed to, and the accounts. */
export function mountAccountView(api: Api, events: AccountViewEvents) {
  const main = byId('main', HTMLElement);
  const title = byId('title', HTMLHeadingElement);
  const state = byId('state', HTMLParagraphElement);
  const outcome = byId('outcome', HTMLDivElement);
  const progress = byId('progress', HTMLParagraphElement);
  const skeleton = byId('skeleton', HTMLDivElement);
  const connectSection = byId('connect-section', HTMLElement);
  const connectButton = byId('connect', HTMLButtonElement);
  const consentSection = byId('consent-section', HTMLElement);
  const renewal = byId('renewal', HTMLDivElement);
  const accountsSection = byId('accounts-section', HTMLElement);
  const dialog = byId('disconnect-dialog', HTMLDialogElement);
  const disconnectButton = byId('disconnect', HTMLButtonElement);
  const confirmButton = byId('disconnect-confirm', HTMLButtonElement);

  let shown: Consent | undefined;
  const tabs = mountTabs(() => void followOtherTab());
  const accounts = mountAccounts(byId('accounts', HTMLDivElement), api, {
    onCalls: events.onCalls,
    onConsentRefused: showIfEnded,
  });

  function tell(...message: HTMLElement[]): void {
    for (const element of message) element.dataset['testid'] = 'outcome';
    outcome.replaceChildren(...message);
  }

  const say = (message: Message, code: string): void => tell(notice(message, { code }));

  /** Where connecting again is what helps, the connect button stands right below. */
  function tellCode(code: string): void {
    tell(notice(messageFor(code), { code, retry: code === 'authorised' ? refresh : undefined }));
  }

  function showState(consent: Consent | undefined): void {
    state.hidden = consent === undefined;
    state.textContent = consent === undefined ? '' : stateInWords(consent.state);
    if (consent === undefined) delete state.dataset['state'];
    else state.dataset['state'] = consent.state;
  }

  function showRenewal(consent: Consent): void {
    const offer = renewalOffer(consent, Date.now());
    renewal.hidden = offer === undefined;
    if (offer === undefined) return renewal.replaceChildren();
    const renew = button(offer.label, consent.renewing ? 'quiet' : 'primary', () => goToBank());
    renew.dataset['testid'] = 'renew';
    renewal.replaceChildren(el('p', {}, offer.text), renew);
  }

  /** Lays the page out for the consent that this browser has, or for none. */
  function showConsent(consent: Consent | undefined): void {
    const active = consent?.state === 'active';
    shown = consent;
    skeleton.hidden = true;
    showState(consent);
    title.textContent = active ? 'Your accounts' : 'Your bank accounts, read only';
    connectButton.textContent = consent === undefined ? `Connect ${bankName()}` : 'Connect again';
    connectSection.hidden = active;
    consentSection.hidden = !active;
    accountsSection.hidden = !active;
    if (active) {
      noteConnected(consent.expiresAt);
      byId('consent', HTMLDivElement).replaceChildren(...consentSummary(consent, Date.now()));
      showRenewal(consent);
    } else {
      accounts.clear();
    }
  }

  /** What is told first: what the server says, in the words that the way here has for it. */
  function tellArrival(arrival: Arrival | undefined, consent: Consent | undefined): void {
    const since = arrival === undefined ? undefined : takeRenewal();
    if (consent?.state === 'active') return tellActive(arrival, consent, since);
    const code = codeToTell(arrival, consent?.state, isConnectionDue(Date.now()));
    if (code === undefined) tell();
    else tellCode(code);
    // An end that was told is told by the server from now on.
    if (consent !== undefined && !['requested', 'authorised'].includes(consent.state)) forgetConnected();
  }

  function tellActive(arrival: Arrival | undefined, consent: Consent, since: string | undefined): void {
    if (arrival?.kind === 'connected') {
      const isRenewed = since !== undefined && since !== consent.grantedAt;
      return say(isRenewed ? RENEWED : CONNECTED, isRenewed ? 'renewed' : 'connected');
    }
    const code = arrival?.kind === 'error' ? arrival.code : arrival?.kind;
    // Without a renewal there is nothing that can have been declined or have failed.
    if (code === undefined || (since === undefined && !consent.renewing)) tell();
    else say(renewalFailed(code, consent), code);
  }

  /** Asks for the consent and shows what follows from it. */
  async function refresh(arrival?: Arrival): Promise<void> {
    main.setAttribute('aria-busy', 'true');
    skeleton.hidden = shown !== undefined || !isConnectionDue(Date.now());
    try {
      const consent = await api.consent();
      showConsent(consent);
      tellArrival(arrival, consent);
      if (consent?.state === 'active') void accounts.show(consent);
      if (arrival !== undefined) tabs.changed();
    } catch (error) {
      skeleton.hidden = true;
      tell(problemNotice(asProblem(error), () => refresh(arrival)));
    } finally {
      main.removeAttribute('aria-busy');
      events.onCalls();
    }
  }

  /** Another tab has connected, renewed or disconnected: this one shows the same. */
  async function followOtherTab(): Promise<void> {
    const consent = await api.consent().catch(() => null);
    if (consent === null || isSame(shown, consent)) return;
    const [was, is] = [shown?.state === 'active', consent?.state === 'active'];
    if (was && !is) dialog.close();
    showConsent(consent);
    if (was && consent === undefined) say(DISCONNECTED_ELSEWHERE, 'disconnected');
    else if (is && !was) say(CONNECTED_ELSEWHERE, 'connected');
    else tellArrival(undefined, consent);
    if (is && !was && consent !== undefined) void accounts.show(consent);
    events.onCalls();
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

  /** Starts an authorisation and leaves for the bank; a consent that is there stays in force meanwhile (CON-1). */
  async function goToBank(): Promise<void> {
    progress.textContent = 'Preparing the way to your bank…';
    try {
      const location = await api.authorise();
      if (shown?.state === 'active') noteRenewal(shown.grantedAt);
      progress.textContent = 'Going to your bank…';
      window.location.assign(location);
      // The button stays busy until the browser has left: a second click would start a second authorisation.
      await new Promise<never>(() => {});
    } catch (error) {
      progress.textContent = '';
      tell(problemNotice(asProblem(error), goToBank));
      outcome.scrollIntoView({ block: 'nearest' });
      events.onCalls();
    }
  }

  async function disconnect(): Promise<void> {
    try {
      await whileBusy(confirmButton, api.disconnect);
      dialog.close();
      forgetConnected();
      showConsent(undefined);
      say(DISCONNECTED, 'disconnected');
      tabs.changed();
      // The button that opened the dialog is gone with its section.
      title.focus();
    } catch (error) {
      dialog.close();
      tell(problemNotice(asProblem(error), async () => dialog.showModal()));
      outcome.scrollIntoView({ block: 'nearest' });
    }
    events.onCalls();
  }

  const connect = (): Promise<void> => whileBusy(connectButton, goToBank);
  connectButton.addEventListener('click', () => void connect());
  disconnectButton.addEventListener('click', () => dialog.showModal());
  confirmButton.addEventListener('click', () => void disconnect());
  byId('disconnect-cancel', HTMLButtonElement).addEventListener('click', () => dialog.close());
  onConnectAgain(goToBank);

  return { show: refresh };
}
