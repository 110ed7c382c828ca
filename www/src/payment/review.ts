import { button, el } from '../dom.ts';
import { named } from '../names.ts';
import type { Payment } from './api.ts';
import { type Step, amountLine, payeeFacts } from './facts.ts';

interface ReviewOptions {
  payment: Payment;
  onContinue(): Promise<void>;
  onChange(): void;
}

/** Everything once more, before the bank asks. */
export function reviewStep({ payment, onContinue, onChange }: ReviewOptions): Step {
  const heading = el('h2', { id: 'payment-heading', tabindex: '-1' }, 'Is everything right?');
  const go = button('Continue to ', 'primary', onContinue);
  go.append(named('bank'));
  go.dataset['testid'] = 'payment-continue';
  const change = el('button', { type: 'button', class: 'button button-quiet' }, 'Change');
  change.addEventListener('click', onChange);
  const element = el(
    'section',
    { class: 'card', 'aria-labelledby': heading.id, 'data-testid': 'payment-check' },
    heading,
    amountLine(payment),
    el('dl', { class: 'facts facts-large' }, ...payeeFacts(payment)),
    el('p', { class: 'actions' }, go, change),
    el(
      'ul',
      { class: 'promises' },
      el('li', {}, 'The page of ', named('bank'), ' opens next. Sign in there and allow ', named('application'), ' this one payment'),
      el('li', {}, 'Nothing is paid before you have allowed it'),
      el('li', {}, 'It is never paid twice, even if a connection breaks or you press twice'),
    ),
  );
  return { element, start: heading };
}
