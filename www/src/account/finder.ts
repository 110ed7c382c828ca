import { el } from '../dom.ts';
import { type Wanted, filtersSet } from './find.ts';
import { ofAccount } from './fold.ts';

let finders = 0;

/** The form that says which transactions are wanted. */
export interface Finder {
  form: HTMLFormElement;
  wanted(): Wanted;
}

const DIRECTIONS = { both: 'Money in and out', in: 'Money in', out: 'Money out' };
const STATES = { both: 'Booked and pending', pending: 'Pending', booked: 'Booked' };

const choice = <Name extends string>(id: string, options: Readonly<Record<Name, string>>): HTMLSelectElement =>
  el('select', { id }, ...Object.entries<string>(options).map(([value, text]) => el('option', { value }, text)));

const field = (label: string, input: HTMLInputElement | HTMLSelectElement): HTMLElement =>
  el('p', { class: 'finder-field' }, el('label', { for: input.id }, label), input);

/** A search of an account's transactions, with the filters folded away. */
export function finder(label: string, onChange: () => void): Finder {
  const id = `finder-${(finders += 1)}`;
  const text = el('input', { id, type: 'search', autocomplete: 'off', enterkeyhint: 'search', 'data-testid': 'search' });
  const direction = choice(`${id}-direction`, DIRECTIONS);
  const state = choice(`${id}-state`, STATES);
  const [from, to] = ['from', 'to'].map((name) => el('input', { id: `${id}-${name}` })) as [HTMLInputElement, HTMLInputElement];
  const set = el('span', { class: 'finder-set' });
  const clear = el('button', { type: 'button', class: 'button button-quiet' }, 'Clear', el('span', { class: 'visually-hidden' }, ` the search of ${label}`));
  const filters = el(
    'details',
    { class: 'finder-more', 'data-testid': 'filters' },
    el('summary', {}, 'Filters', set, ofAccount(label)),
    el('div', { class: 'finder-fields' }, field('Direction', direction), field('State', state), field('From', from), field('To', to),
      el('p', {}, clear)),
  );
  // A calendar takes a browser longer to make than all else of the form, so it is made for those who look.
  filters.addEventListener('toggle', () => [from, to].forEach((input) => (input.type = 'date')), { once: true });
  const form = el(
    'form',
    { class: 'finder', role: 'search', 'aria-label': `Transactions of ${label}` },
    field('Search by name, text or amount', text),
    filters,
  );

  const wanted = (): Wanted => ({
    text: text.value,
    direction: direction.value as Wanted['direction'],
    state: state.value as Wanted['state'],
    from: from.value,
    to: to.value,
  });
  const changed = (): void => {
    const many = filtersSet(wanted());
    set.textContent = many === 0 ? '' : ` (${many} set)`;
    onChange();
  };
  form.addEventListener('input', changed);
  form.addEventListener('submit', (event) => event.preventDefault());
  clear.addEventListener('click', () => {
    form.reset();
    changed();
  });
  return { form, wanted };
}
