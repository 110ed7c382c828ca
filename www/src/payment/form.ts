import { el } from '../dom.ts';
import { formatMoney } from '../money.ts';
import type { Payment } from './api.ts';
import { type Faults, type FieldName, type Fields, fieldsOf, readField, readFields } from './checks.ts';
import type { Step } from './facts.ts';
import { EXAMPLE, OUTCOMES, type Outcome } from './outcomes.ts';

interface FormOptions {
  fields: Fields;
  /** What the worker found wrong, told until the field is changed. */
  faults: Faults;
  /** Settled in the sandbox alone. */
  inSandbox: Promise<void>;
  onWritten(fields: Fields): void;
  onReview(payment: Payment): void;
}

interface FieldStyle {
  label: string;
  hint: string;
  attributes?: Readonly<Record<string, string>>;
}

const DIGITS = { inputmode: 'numeric' };

const STYLES: Readonly<Record<FieldName, FieldStyle>> = {
  name: { label: 'Name of the payee', hint: 'A person or a company' },
  sortCode: { label: 'Sort code', hint: '6 digits', attributes: DIGITS },
  accountNumber: { label: 'Account number', hint: '8 digits', attributes: DIGITS },
  iban: { label: 'IBAN', hint: 'With or without spaces', attributes: { autocapitalize: 'characters' } },
  amount: { label: 'Amount in pounds', hint: 'Such as 12.50', attributes: { inputmode: 'decimal' } },
  reference: { label: 'Reference', hint: 'What the payee sees, up to 18 characters' },
};

/** A field with its note, which is the hint until there is a fault to tell: the same place, so that nothing moves. */
function field(name: FieldName) {
  const { label, hint, attributes = {} } = STYLES[name];
  const id = `payment-${name}`;
  const note = el('p', { class: 'entry-note', id: `${id}-note`, 'aria-live': 'polite' }, hint);
  const plain = { type: 'text', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' };
  const described = { 'aria-describedby': note.id, 'aria-required': 'true' };
  const input = el('input', { id, name, ...described, ...plain, ...attributes });
  const held =
    name === 'amount'
      ? el('div', { class: 'entry-money' }, el('span', { 'aria-hidden': 'true' }, '£'), input)
      : input;
  return {
    name,
    input,
    element: el('div', { class: `entry entry-${name}` }, el('label', { for: id }, label), held, note),
    say(fault: string | undefined): void {
      const text = fault ?? hint;
      if (note.textContent !== text) note.textContent = text;
      note.classList.toggle('entry-fault', fault !== undefined);
      if (fault === undefined) input.removeAttribute('aria-invalid');
      else input.setAttribute('aria-invalid', 'true');
    },
  };
}

function schemeChoice(label: string, scheme: Fields['scheme'], chosen: boolean) {
  const input = el('input', { type: 'radio', name: 'scheme', value: scheme });
  input.checked = chosen;
  return { input, label: el('label', { class: 'choice' }, input, label) };
}

function outcomeList(onChosen: (outcome: Outcome) => void): HTMLElement {
  const items = OUTCOMES.map((outcome) => {
    const amount = formatMoney({ amount: outcome.amount, currency: 'GBP' });
    const choose = el('button', { type: 'button', class: 'button button-quiet' }, amount);
    choose.addEventListener('click', () => onChosen(outcome));
    return el('li', {}, choose, el('span', {}, outcome.says));
  });
  return el(
    'details',
    { class: 'outcomes', 'data-testid': 'payment-outcomes', hidden: true },
    el('summary', {}, 'Try an outcome'),
    el('p', { class: 'quiet' }, 'This is the sandbox: no real money moves, and the amount decides what the bank does.'),
    el('ul', {}, ...items),
  );
}

/** The form. It speaks of a field once that has been left, and from then on with each key. */
export function formStep({ fields: written, faults, inSandbox, onWritten, onReview }: FormOptions): Step {
  const fields = { ...written };
  const views = {
    name: field('name'), sortCode: field('sortCode'), accountNumber: field('accountNumber'), iban: field('iban'),
    amount: field('amount'), reference: field('reference'),
  };
  const spoken = new Set<FieldName>();
  const heading = el('h2', { id: 'payment-heading', tabindex: '-1' }, 'Who do you pay, and how much?');
  const uk = schemeChoice('Sort code and account number', 'uk', fields.scheme === 'uk');
  const iban = schemeChoice('IBAN', 'iban', fields.scheme === 'iban');
  const ukFields = el('div', { class: 'entry-pair' }, views.sortCode.element, views.accountNumber.element);

  function speak(name: FieldName): void {
    const reading = readField(name, fields[name]);
    views[name].say('fault' in reading ? reading.fault : undefined);
  }

  function write(name: FieldName, text: string): void {
    fields[name] = text;
    onWritten(fields);
    if (spoken.has(name)) speak(name);
    else views[name].say(undefined);
  }

  function choose(scheme: Fields['scheme']): void {
    fields.scheme = scheme;
    ukFields.hidden = scheme !== 'uk';
    views.iban.element.hidden = scheme !== 'iban';
  }

  function fill(name: FieldName, text: string): void {
    views[name].input.value = text;
    write(name, text);
  }

  const outcomes = outcomeList(({ amount }) => {
    for (const name of fieldsOf(fields)) if (fields[name].trim() === '') fill(name, EXAMPLE[name]);
    fill('amount', amount);
    views.amount.input.focus();
  });
  void inSandbox.then(() => (outcomes.hidden = false));

  for (const { name, input } of Object.values(views)) {
    input.value = fields[name];
    input.addEventListener('input', () => write(name, input.value));
    input.addEventListener('blur', () => {
      // Whoever only passes by is told nothing.
      if (fields[name].trim() === '' && !spoken.has(name)) return;
      const told = input.getAttribute('aria-invalid') === 'true' && !spoken.has(name);
      spoken.add(name);
      // The worker's fault stays until what it is about has been changed.
      if (!told) speak(name);
    });
    if (faults[name] !== undefined) views[name].say(faults[name]);
  }
  for (const { input } of [uk, iban]) {
    input.addEventListener('change', () => {
      choose(input.value === 'iban' ? 'iban' : 'uk');
      onWritten(fields);
    });
  }
  choose(fields.scheme);

  const clear = el('button', { type: 'button', class: 'button button-quiet' }, 'Clear');
  clear.addEventListener('click', () => {
    spoken.clear();
    for (const name of Object.keys(views) as FieldName[]) fill(name, '');
    views.name.input.focus();
  });

  const check = el('button', { type: 'submit', class: 'button button-primary', 'data-testid': 'payment-review' });
  check.append('Check the payment');
  const form = el(
    'form',
    { class: 'card payment-form', novalidate: true, 'aria-labelledby': heading.id, 'data-testid': 'payment-form' },
    heading,
    views.name.element,
    el('fieldset', { class: 'choices' }, el('legend', {}, 'Their account'), uk.label, iban.label),
    ukFields,
    views.iban.element,
    el('div', { class: 'entry-pair entry-last' }, views.amount.element, views.reference.element),
    el(
      'p',
      { class: 'actions' },
      check,
      clear,
    ),
    outcomes,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const read = readFields(fields);
    if ('payment' in read) return onReview(read.payment);
    for (const name of fieldsOf(fields)) {
      spoken.add(name);
      speak(name);
    }
    const first = fieldsOf(fields).find((name) => read.faults[name] !== undefined);
    if (first !== undefined) views[first].input.focus();
  });
  const faulty = fieldsOf(fields).find((name) => faults[name] !== undefined);
  return { element: form, start: faulty === undefined ? heading : views[faulty].input };
}
