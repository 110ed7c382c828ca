import { asProblem } from '../api.ts';
import { formatShortDay } from '../dates.ts';
import { breathe, button, el, rawDetails } from '../dom.ts';
import { formatMoney, groupDigits } from '../money.ts';
import { skeleton } from '../skeleton.ts';
import { writeDecimal } from './decimal.ts';
import { find, isEverything } from './find.ts';
import { finder } from './finder.ts';
import { flowFigure } from './flow.ts';
import { ofAccount } from './fold.ts';
import { type Group, firstOf, groupByDay } from './group.ts';
import { dayInWords } from './moment.ts';
import { isCounted, months, totals } from './months.ts';
import type { Reader } from './reader.ts';
import { type Transaction, type Unknown, readTransactions } from './rows.ts';
import { MOST_PAGES, type Page, walk } from './walk.ts';

/** Shown at once; so many more at each press of the button. */
const STEP = 50;
/** Of what is shown while the first page is read: about as high as a screen, so that what is below stays below. */
const LINES = 12;

interface HistoryOptions {
  label: string;
  /** Where the list is, `/accounts/1/transactions`. */
  path: string;
  read(query: string): Promise<string>;
  reader: Reader;
  onCalls(): void;
}

function rowView(item: Transaction | Unknown): HTMLElement {
  if (item.kind === 'unknown') return el('li', { class: 'row' }, rawDetails('A transaction as the bank sent it', item.raw));
  const { name, note, pending, bookedAt, moment, money } = item;
  const isIn = !money.amount.startsWith('-');
  const words = [
    ...(pending && bookedAt !== undefined ? [el('time', { datetime: bookedAt }, formatShortDay(moment?.day ?? bookedAt))] : []),
    ...(note === undefined ? [] : [el('span', {}, note)]),
  ];
  return el(
    'li',
    { class: 'row' },
    el('span', { class: 'row-name' }, name),
    el('span', { class: isIn ? 'money money-credit' : 'money' }, formatMoney(money, undefined, isIn)),
    ...(words.length === 0 ? [] : [el('span', { class: 'row-words' }, ...words)]),
  );
}

const HEADINGS: Readonly<Record<string, string>> = {
  pending: 'Pending',
  undated: 'Without a date',
  unknown: 'Not understood',
};

function groupView({ of, items }: Group, now: number): HTMLElement {
  const words = HEADINGS[of] ?? dayInWords(of, now);
  const heading = el('h4', { class: `day day-${HEADINGS[of] === undefined ? 'dated' : of}` }, words);
  return el('section', { 'data-day': of }, heading, el('ul', {}, ...items.map(rowView)));
}

const counted = (many: number): string => `${groupDigits(String(many))} transaction${many === 1 ? '' : 's'}`;

function totalsInWords(items: readonly Transaction[]): string {
  const parts = [...totals(items)].map(([currency, { paidIn, paidOut }]) => {
    const [came, went] = [paidIn, paidOut].map((sum) => formatMoney({ amount: writeDecimal(sum), currency }));
    return `${came} in, ${went} out`;
  });
  return parts.length === 0 ? '' : `: ${parts.join('; ')}`;
}

function whatIsCounted(items: readonly Transaction[], isWhole: boolean): string {
  const pending = items.filter((item) => item.pending).length;
  const other = items.length - pending - items.filter(isCounted).length;
  return [
    isWhole ? 'What was booked.' : 'What was booked, as far as the list has been read.',
    pending === 0 ? '' : `${pending} pending ${pending === 1 ? 'is' : 'are'} not counted.`,
    other === 0 ? '' : `${other} without a date or an amount ${other === 1 ? 'is' : 'are'} not counted.`,
  ].filter((part) => part !== '').join(' ');
}

/** An account's transactions: by day, searched, added up by month, and read page by page. */
export function mountHistory(body: HTMLElement, { label, path, read, reader, onCalls }: HistoryOptions) {
  let items: (Transaction | Unknown)[] = [];
  let next: Page['next'] = { query: '' };
  let shown = STEP;
  let visible = 0;
  let isReading = false;

  const figures = el('div', { class: 'flows' });
  const search = finder(label, () => {
    shown = STEP;
    render();
  });
  const count = el('p', { class: 'count', role: 'status', 'data-testid': 'count' });
  const days = el('div', { class: 'days' });
  const more = el('button', { type: 'button', class: 'button button-quiet', 'data-testid': 'more' });
  const foot = el('div', { class: 'history-foot' });
  more.addEventListener('click', showMore);

  const transactions = (): Transaction[] => items.filter((item) => item.kind === 'transaction');

  function render(): void {
    const wanted = search.wanted();
    const all = isEverything(wanted);
    const found = all ? items : find(transactions(), wanted);
    const now = Date.now();
    days.replaceChildren(...firstOf(groupByDay(found), shown).map((group) => groupView(group, now)));
    if (found.length === 0) days.append(el('p', { class: 'quiet' }, all ? 'No transactions.' : 'None is like that.'));
    const left = found.length - shown;
    more.hidden = left <= 0;
    more.replaceChildren(`Show ${Math.min(left, STEP)} more`, ofAccount(label));
    visible = Math.min(found.length, shown);
    const read = `${counted(items.length)}${next === undefined ? '' : ' read so far'}`;
    const told = all
      ? `${visible < found.length ? `${visible} of ` : ''}${read}`
      : `${groupDigits(String(found.length))} of ${read}${totalsInWords(found as Transaction[])}`;
    // Who listens is told once all is read, and not page by page.
    if (!isReading) count.textContent = told;
  }

  function showMore(): void {
    const before = shown;
    shown += STEP;
    render();
    // The button has moved on: the reader goes on where the new part begins.
    const first = days.querySelectorAll<HTMLElement>('li.row')[before];
    first?.setAttribute('tabindex', '-1');
    first?.focus({ preventScroll: true });
  }

  function drawFlows(): void {
    const own = transactions();
    const note = whatIsCounted(own, next === undefined);
    figures.replaceChildren(...[...months(own)].map(([currency, listed]) => flowFigure(listed, currency, { label, note })));
  }

  function tellEnd(): void {
    if (next === undefined) return foot.replaceChildren();
    if (next === 'elsewhere') {
      return foot.replaceChildren(el('p', { class: 'quiet' }, 'The bank’s list goes on at another address, which this page does not follow.'));
    }
    const further = button('Read older transactions', 'quiet', readOn);
    further.append(ofAccount(label));
    foot.replaceChildren(further);
  }

  const parts = [figures, search.form, count, days, el('p', { class: 'more' }, more), foot];

  async function readPages(): Promise<void> {
    if (typeof next !== 'object') return;
    let left = MOST_PAGES;
    for await (const page of walk((query) => reader.inTurn(() => read(query)), path, next.query)) {
      // Disconnected meanwhile, or shown anew.
      if (!body.isConnected) return;
      items = items.concat(readTransactions(page.text));
      next = page.next;
      await breathe();
      if (!body.isConnected) return;
      if (figures.parentElement !== body) {
        body.replaceChildren(...parts);
        drawFlows();
        await breathe();
      }
      foot.replaceChildren(el('p', { class: 'quiet reading' }, `${counted(items.length)} read so far…`));
      // Older ones come below what is shown; all is drawn once more when the last has come.
      if (visible < shown) render();
      left -= 1;
      if (left === 0) return;
    }
  }

  /** Reads on from where the list was left, some pages in one go; what was read before a failure stays. */
  async function readOn(): Promise<void> {
    isReading = true;
    body.setAttribute('aria-busy', 'true');
    const isFirst = items.length === 0;
    if (isFirst) body.replaceChildren(...skeleton(LINES));
    else foot.replaceChildren(el('p', { class: 'quiet reading' }, `${counted(items.length)} read so far…`));
    try {
      await readPages();
      tellEnd();
    } catch (error) {
      const told = await reader.tell(asProblem(error), readOn);
      if (told !== undefined) (items.length === 0 ? body : foot).replaceChildren(told);
    } finally {
      isReading = false;
      drawFlows();
      await breathe();
      if (figures.parentElement === body) render();
      body.removeAttribute('aria-busy');
      onCalls();
    }
  }

  return { readOn };
}
