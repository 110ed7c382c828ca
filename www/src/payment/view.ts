import { type Problem, asProblem } from '../api.ts';
import type { Arrival } from '../arrival.ts';
import { byId, el } from '../dom.ts';
import { named } from '../names.ts';
import { notice, problemNotice } from '../notice.ts';
import { PAYMENT_HASH, REVIEW_HASH } from '../route.ts';
import type { Known, Payment, PaymentApi } from './api.ts';
import { EMPTY, type Faults, fieldFor, fieldsFor, readFields } from './checks.ts';
import { createDraft } from './draft.ts';
import type { Step } from './facts.ts';
import { followPayment, waitAndBeSeen } from './follow.ts';
import { formStep } from './form.ts';
import { reviewStep } from './review.ts';
import { type StatusStep, statusStep } from './status.ts';
import { paymentMessageFor, wordsForState } from './words.ts';

interface PaymentViewOptions {
  /** Calls were made: the journey has new steps. */
  onCalls(): void;
  /** Settled in the sandbox alone. */
  inSandbox: Promise<void>;
}

/** A consent that ended before anything was submitted: what is left is to begin again. */
const ENDED: ReadonlySet<string> = new Set([
  'declined', 'code_expired', 'not_authorised_yet', 'revoked', 'reauthorise', 'expired', 'spent',
]);

const isSame = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The view of a payment: the form, the check, the way to the bank, and what becomes of it. */
export function mountPaymentView(host: HTMLElement, api: PaymentApi, { onCalls, inSandbox }: PaymentViewOptions) {
  const draft = createDraft(sessionStorage, () => crypto.randomUUID());
  const main = byId('main', HTMLElement);
  const title = el('h1', { tabindex: '-1' }, 'Pay from ', named('bank'));
  const outcome = el('div', { class: 'outcome', role: 'status', 'aria-live': 'polite' });
  const progress = el('p', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  const place = el('div', { class: 'view' });
  host.replaceChildren(el('div', { class: 'title' }, title), outcome, progress, place);

  let at: 'nowhere' | 'form' | 'review' | 'status' = 'nowhere';
  let following: AbortController | undefined;
  /** The payment as the worker has it. */
  let stated: Payment | undefined;

  function tell(...messages: HTMLElement[]): void {
    for (const message of messages) message.dataset['testid'] = 'outcome';
    outcome.replaceChildren(...messages);
  }

  const tellProblem = (problem: Problem, retry: () => Promise<void>): void => {
    const message = paymentMessageFor(problem.code);
    tell(
      message.next === 'retry'
        ? problemNotice(problem, retry, paymentMessageFor)
        : notice(message, { code: problem.code, problem }),
    );
  };

  function put({ element, start }: Step, where: typeof at, moveFocus: boolean): void {
    following?.abort();
    at = where;
    place.replaceChildren(element);
    // Somebody may have gone to the other view while this was being asked for.
    if (host.hidden) return;
    const address = where === 'review' ? REVIEW_HASH : PAYMENT_HASH;
    const { hash, pathname, search } = window.location;
    // The browser's own way back leads from the check to the form.
    const change = where === 'review' ? 'pushState' : 'replaceState';
    if (hash !== address) history[change](null, '', pathname + search + address);
    if (!moveFocus) return;
    start.focus({ preventScroll: true });
    // A message about this step stands above it, and is read first.
    (outcome.hasChildNodes() ? title : start).scrollIntoView({ block: 'nearest' });
  }

  function toForm(moveFocus: boolean, faults: Faults = {}): void {
    const onWritten = draft.write;
    put(formStep({ fields: draft.fields, faults, inSandbox, onWritten, onReview: reviewed }), 'form', moveFocus);
  }

  function reviewed(payment: Payment): void {
    tell();
    toReview(payment, true);
  }

  function toReview(payment: Payment, moveFocus: boolean): void {
    const onChange = (): void => {
      tell();
      toForm(true);
    };
    put(reviewStep({ payment, onContinue: () => goToBank(payment), onChange }), 'review', moveFocus);
  }

  /** Starts the authorisation of what was checked, and leaves for the bank. */
  async function goToBank(payment: Payment): Promise<void> {
    progress.textContent = 'Preparing the way to your bank…';
    try {
      const location = await api.authorise(payment, draft.orderOf(payment));
      progress.textContent = 'Going to your bank…';
      window.location.assign(location);
      // The button stays busy until the browser has left: a second click would start a second authorisation.
      await new Promise<never>(() => {});
    } catch (error) {
      progress.textContent = '';
      refused(asProblem(error), payment);
      onCalls();
    }
  }

  /** Faults go to their fields; what has no field of its own is told above. */
  function refused(problem: Problem, payment: Payment): void {
    const faults: Faults = {};
    for (const { setting, problem: text } of problem.faults) {
      const name = fieldFor(setting, draft.fields);
      if (name !== undefined) faults[name] ??= text;
    }
    const placed = problem.faults.every(({ setting }) => fieldFor(setting, draft.fields) !== undefined);
    if (problem.code === 'payment_invalid' && placed) {
      tell(notice(paymentMessageFor(problem.code), { code: problem.code }));
    } else {
      tellProblem(problem, () => goToBank(payment));
    }
    if (Object.keys(faults).length > 0) toForm(true, faults);
  }

  function toStatus(moveFocus: boolean): StatusStep {
    const step = statusStep({
      onSend: () => submit(true),
      onAnother: () => forget(() => draft.clear()),
      onAgain: () => forget(() => takeUp(stated)),
    });
    put(step, 'status', moveFocus);
    return step;
  }

  /** The form is to state this payment, as it was written where it does so already. */
  function takeUp(payment: Payment | undefined): void {
    const read = readFields(draft.fields);
    if (payment === undefined || ('payment' in read && isSame(read.payment, payment))) return;
    draft.write(fieldsFor(payment));
  }

  async function forget(before: () => void): Promise<void> {
    try {
      await api.forget();
      before();
      tell();
      toForm(true);
    } catch (error) {
      tellProblem(asProblem(error), () => forget(before));
      outcome.scrollIntoView({ block: 'nearest' });
    }
    onCalls();
  }

  function follow(step: StatusStep, first: Known): void {
    following?.abort();
    if (host.hidden) return;
    following = new AbortController();
    let said = first;
    void followPayment(first, {
      ask: api.payment,
      wait: waitAndBeSeen,
      onKnown(known) {
        const isNew = known.state !== said.state || known.bankStatus !== said.bankStatus;
        said = known;
        step.update(known, new Date());
        if (isNew) onCalls();
      },
      onGone() {
        tell(notice(paymentMessageFor('consent_not_found'), { code: 'consent_not_found' }));
        toForm(true);
      },
      onProblem: step.trouble,
    }, following.signal);
  }

  /** Sends the payment that the person has allowed. The worker sees to it that it is sent once. */
  async function submit(moveFocus: boolean): Promise<void> {
    tell();
    const step = toStatus(moveFocus);
    step.update({ state: 'submitting', bankStatus: undefined, reference: undefined, payment: stated }, new Date());
    try {
      const paid = await api.pay();
      const now = { ...paid, payment: paid.payment ?? stated };
      step.update(now, new Date());
      follow(step, now);
    } catch (error) {
      await submitFailed(step, asProblem(error));
    }
    onCalls();
  }

  /** What came of a submission that was answered by a problem, or by nothing: that is asked for, and never guessed. */
  async function submitFailed(step: StatusStep, problem: Problem): Promise<void> {
    const told = await api.payment().catch(() => undefined);
    const known: Known = told ?? { state: 'unknown', bankStatus: undefined, reference: undefined, payment: stated };
    if (known.state === 'awaiting_consent') return begin(known, { kind: 'error', code: problem.code });
    if (known.state === 'ready' || told === undefined) {
      tell(notice(paymentMessageFor(problem.code), { code: problem.code, problem }));
    } else if (problem.detail !== undefined) {
      step.reason(problem.detail);
    }
    step.update({ ...known, payment: known.payment ?? stated }, new Date());
    follow(step, known);
  }

  /** Nothing was submitted yet: the form, or the check where there is something to check. */
  function begin(known: Known | undefined, arrival: Arrival | undefined): void {
    if (isSame(draft.fields, EMPTY)) takeUp(known?.payment);
    if (arrival !== undefined && arrival.kind !== 'connected') {
      const code = arrival.kind === 'declined' ? 'declined' : arrival.code;
      tellArrival(code);
    } else if (known !== undefined) {
      const { tone, title: about, text, meanwhile } = wordsForState(known.state);
      tell(notice({ tone, title: about, text: `${text} ${meanwhile}`, next: 'connect' }, { code: known.state }));
    } else {
      tell();
    }
    const read = readFields(draft.fields);
    const wasThere = known !== undefined || arrival !== undefined || window.location.hash === REVIEW_HASH;
    if (wasThere && 'payment' in read) toReview(read.payment, false);
    else toForm(false);
  }

  function tellArrival(code: string): void {
    // What helps stands below: the form, the check, or the state.
    tell(notice(paymentMessageFor(code), { code }));
  }

  async function arrive(known: Known | undefined, arrival: Arrival | undefined, moveFocus: boolean): Promise<void> {
    stated = known?.payment;
    if (known === undefined || known.state === 'awaiting_consent') return begin(known, arrival);
    if (known.state === 'ready') return submit(moveFocus);
    if (arrival?.kind === 'error') tellArrival(arrival.code);
    else tell();
    const step = toStatus(moveFocus);
    step.update(known, new Date());
    follow(step, known);
  }

  /** Asks what is known of the payment, and shows what follows from it. */
  async function show(arrival: Arrival | undefined, moveFocus: boolean): Promise<void> {
    if (moveFocus) title.focus({ preventScroll: true });
    main.setAttribute('aria-busy', 'true');
    try {
      await arrive(await api.payment(), arrival, false);
    } catch (error) {
      const problem = asProblem(error);
      if (ENDED.has(problem.code)) begin(undefined, arrival ?? { kind: 'error', code: problem.code });
      else tellProblem(problem, () => show(arrival, moveFocus));
    } finally {
      main.removeAttribute('aria-busy');
      onCalls();
    }
  }

  window.addEventListener('hashchange', () => {
    const read = readFields(draft.fields);
    if (at === 'review' && window.location.hash === PAYMENT_HASH) toForm(true);
    else if (at === 'form' && window.location.hash === REVIEW_HASH && 'payment' in read) toReview(read.payment, true);
  });

  return {
    show,
    /** Another view is looked at: nothing is asked meanwhile. */
    hide: (): void => following?.abort(),
  };
}

export type PaymentView = ReturnType<typeof mountPaymentView>;
