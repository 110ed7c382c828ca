import type { Problem } from '../api.ts';
import { formatMoment } from '../dates.ts';
import { button, el } from '../dom.ts';
import type { Known, Payment } from './api.ts';
import { type Step, amountLine, fact, payeeFacts } from './facts.ts';
import { isFinal } from './follow.ts';
import { wordsForState } from './words.ts';

interface StatusOptions {
  /** Sends a payment that was allowed and has not been sent. */
  onSend(): Promise<void>;
  /** Forgets this payment and begins another. */
  onAnother(): Promise<void>;
  /** Forgets this payment and begins it again, to be changed. */
  onAgain(): Promise<void>;
}

export interface StatusStep extends Step {
  /** `at` is when the worker said so. */
  update(known: Known, at: Date): void;
  /** The bank's reason for refusing, in its own words. */
  reason(text: string): void;
  /** A question that failed; the next answer takes it away. */
  trouble(problem: Problem | undefined): void;
}

const WAY: ReadonlyArray<readonly [state: string, label: string]> = [
  ['submitting', 'Sent'],
  ['accepted', 'Accepted'],
  ['settled', 'Paid out'],
  ['credited', 'Arrived'],
];

/** Nothing is there yet to have a paper of. */
const TOO_EARLY = new Set(['ready', 'submitting']);
const NEEDS_A_LOOK = new Set(['unknown', 'blocked']);

function track(state: string): HTMLElement[] {
  const reached = WAY.findIndex(([name]) => name === state);
  if (reached === -1) return [];
  const items = WAY.map(([, label], index) => {
    const done = index < reached || isFinal(state);
    const current = index === reached ? 'step' : undefined;
    return el('li', { class: done ? 'done' : undefined, 'aria-current': current }, label);
  });
  return [el('ol', { class: 'track', 'aria-label': 'How far the payment has come' }, ...items)];
}

/** The way on to another payment: open at the end, behind a second thought before. */
function wayOn(state: string, options: StatusOptions): HTMLElement[] {
  if (state === 'ready') return [el('p', { class: 'actions' }, button('Send the payment', 'primary', options.onSend))];
  if (state === 'submitting') return [];
  const another = button('New payment', state === 'credited' ? 'primary' : 'quiet', options.onAnother);
  another.dataset['testid'] = 'payment-another';
  if (state === 'rejected') {
    return [el('p', { class: 'actions' }, button('Change it and try again', 'primary', options.onAgain), another)];
  }
  if (isFinal(state)) return [el('p', { class: 'actions' }, another)];
  const looked = NEEDS_A_LOOK.has(state);
  return [
    el(
      'details',
      { class: 'second-thought' },
      el('summary', {}, looked ? 'I have looked at my account' : 'Make another payment'),
      el(
        'p',
        {},
        looked
          ? 'If the payment is not there, and your bank tells you that it will not be made, you can begin a new one. '
          : '',
        'This page forgets this payment then and stops asking about it. Print it first if you want to keep it.',
      ),
      el('p', { class: 'actions' }, another),
    ),
  ];
}

/** The state of the payment, following what the bank says, and the receipt. */
export function statusStep(options: StatusOptions): StatusStep {
  const heading = el('h2', { id: 'payment-heading', tabindex: '-1' });
  const text = el('p', {});
  const told = el('div', { class: 'told', role: 'status', 'aria-live': 'polite' }, heading, text);
  const way = el('div', { class: 'track-place' });
  const meanwhile = el('p', { class: 'quiet' });
  const trouble = el('p', { class: 'trouble', role: 'status' });
  const act = el('div', { class: 'status-act' });
  const status = el(
    'section',
    { class: 'card status', 'aria-labelledby': heading.id, 'data-testid': 'payment-status' },
    told, way, meanwhile, trouble, act,
  );

  const receiptTitle = el('h2', { id: 'receipt-heading' });
  const facts = el('dl', { class: 'facts facts-receipt' });
  const amount = el('div', {});
  const asOf = el('time', {});
  const print = el('button', { type: 'button', class: 'button button-quiet', 'data-testid': 'payment-print' }, 'Print');
  print.addEventListener('click', () => window.print());
  const receipt = el(
    'section',
    { class: 'card receipt', 'aria-labelledby': receiptTitle.id, 'data-testid': 'payment-receipt' },
    el('div', { class: 'title' }, receiptTitle, print), amount, facts,
  );

  let shown: string | undefined;
  let payment: Payment | undefined;
  let reasonText: string | undefined;
  let last: { known: Known; at: Date } | undefined;

  function showReceipt({ state, bankStatus, reference }: Known): void {
    const words = wordsForState(state);
    receipt.hidden = payment === undefined;
    print.hidden = TOO_EARLY.has(state);
    const what = TOO_EARLY.has(state) ? 'What is to be paid' : 'What was to be paid';
    receiptTitle.textContent = words.tone === 'good' ? 'Receipt' : what;
    amount.replaceChildren(...(payment ? [amountLine(payment)] : []));
    facts.replaceChildren(
      ...(payment ? payeeFacts(payment) : []),
      ...(reference === undefined ? [] : [fact('Your bank’s reference', reference, true)]),
      ...(bankStatus === undefined ? [] : [fact('Your bank’s word for it', bankStatus)]),
      ...(reasonText === undefined || state !== 'rejected' ? [] : [fact('Why', reasonText)]),
      fact('State', el('span', {}, words.short, el('span', { class: 'as-of' }, 'as of ', asOf))),
    );
  }

  function showState(state: string): void {
    const words = wordsForState(state);
    const hadFocus = act.contains(document.activeElement);
    status.dataset['state'] = state;
    status.dataset['tone'] = words.tone;
    status.toggleAttribute('data-moving', state === 'submitting');
    heading.textContent = words.title;
    text.textContent = words.text;
    way.replaceChildren(...track(state));
    meanwhile.textContent = words.meanwhile;
    meanwhile.hidden = words.meanwhile === '';
    act.replaceChildren(...wayOn(state, options));
    if (hadFocus) heading.focus({ preventScroll: true });
  }

  return {
    element: el('div', { class: 'view' }, status, receipt),
    start: heading,
    update(known, at): void {
      payment = known.payment ?? payment;
      last = { known, at };
      asOf.dateTime = at.toISOString();
      asOf.textContent = formatMoment(at.toISOString());
      trouble.textContent = '';
      // What has not changed stays as it is: somebody may be reading it, or be in it with the keyboard.
      const says = JSON.stringify([known.state, known.bankStatus, known.reference, payment]);
      if (says === shown) return;
      const before = status.dataset['state'];
      shown = says;
      if (before !== known.state) showState(known.state);
      showReceipt(known);
    },
    reason(said): void {
      reasonText = said;
      if (last) showReceipt(last.known);
    },
    trouble(problem): void {
      const text = problem === undefined ? '' : 'This page cannot ask at the moment. It tries again by itself.';
      trouble.textContent = text;
    },
  };
}
