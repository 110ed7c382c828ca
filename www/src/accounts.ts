import { type Api, type Problem, asProblem } from './api.ts';
import {
  type Account,
  type Balance,
  type Transaction,
  type Unknown,
  readAccounts,
  readBalances,
  readTransactions,
} from './bank.ts';
import { type Budget, lastReadWithoutYou } from './budget.ts';
import { formatMoment, formatShortDay } from './dates.ts';
import { el, rawDetails } from './dom.ts';
import { formatMoney } from './money.ts';
import { partNotice } from './notice.ts';

/** What the rest of the page wants to hear about. */
export interface AccountEvents {
  /** Calls were made: the journey has new steps. */
  onCalls(): void;
  /** A call was refused as if the consent had ended: whether it has, and the page now says so. */
  onConsentRefused(): Promise<boolean>;
}

const CONSENT_ENDED = new Set([
  'consent_not_found',
  'revoked',
  'reauthorise',
  'expired',
  'declined',
  'code_expired',
  'spent',
]);

const FIRST_SHOWN = 8;

function balanceView(balance: Balance | Unknown): HTMLElement {
  if (balance.kind === 'unknown') return rawDetails('A balance as the bank sent it', balance.raw);
  return el(
    'p',
    { class: 'balance-line' },
    el('span', { class: 'balance-label' }, balance.label),
    el('span', { class: 'money' }, formatMoney(balance.money, balance.direction)),
  );
}

function transactionView(item: Transaction | Unknown): HTMLElement {
  if (item.kind === 'unknown') {
    return el('li', { class: 'transaction' }, rawDetails('A transaction as the bank sent it', item.raw));
  }
  const when = el('span', { class: 'transaction-when' });
  if (item.bookedAt !== undefined) {
    when.append(el('time', { datetime: item.bookedAt }, formatShortDay(item.bookedAt)));
  }
  if (item.pending) when.append(el('span', { class: 'pending' }, 'Pending'));
  if (item.note !== undefined) when.append(el('span', {}, item.note));
  const direction = item.direction ?? 'none';
  return el(
    'li',
    { class: 'transaction' },
    el('span', { class: 'transaction-name' }, item.name),
    el('span', { class: `money money-${direction}` }, formatMoney(item.money, item.direction, direction === 'credit')),
    when,
  );
}

function transactionList(items: readonly (Transaction | Unknown)[]): Node[] {
  if (items.length === 0) return [el('p', { class: 'quiet' }, 'No transactions.')];
  const list = el('ul', { class: 'transaction-list' }, ...items.slice(0, FIRST_SHOWN).map(transactionView));
  const rest = items.slice(FIRST_SHOWN);
  if (rest.length === 0) return [list];

  const more = el('button', { type: 'button', class: 'button button-quiet' }, `Show all ${items.length}`);
  more.addEventListener('click', () => {
    const added = rest.map(transactionView);
    list.append(...added);
    more.remove();
    // The button is gone: the reader goes on where the new part begins.
    const first = added[0];
    first?.setAttribute('tabindex', '-1');
    first?.focus({ preventScroll: true });
  });
  return [list, el('p', { class: 'transactions-more' }, more)];
}

const lastRead = (iso: string): HTMLElement =>
  el('p', { class: 'quiet', 'data-testid': 'last-read' }, 'Last read without you: ', el('time', { datetime: iso }, formatMoment(iso)));

/** Shows the accounts in `host`, each with its balances at once and its transactions when they are opened. */
export function mountAccounts(host: HTMLElement, api: Api, events: AccountEvents) {
  const hasEnded = async ({ code }: Problem): Promise<boolean> =>
    CONSENT_ENDED.has(code) && (await events.onConsentRefused());

  /** Fills `place` with what `load` gives, or with what went wrong and the way to try again. */
  async function fill(place: HTMLElement, load: () => Promise<Node[]>): Promise<void> {
    place.setAttribute('aria-busy', 'true');
    place.replaceChildren(el('p', { class: 'quiet loading' }, 'Asking your bank…'));
    try {
      place.replaceChildren(...(await load()));
    } catch (error) {
      const problem = asProblem(error);
      if (!(await hasEnded(problem))) place.replaceChildren(partNotice(problem, () => fill(place, load)));
    } finally {
      place.removeAttribute('aria-busy');
      events.onCalls();
    }
  }

  function transactionsOf({ id }: Account, open: boolean): HTMLElement {
    const list = el('div', { class: 'transactions-body' });
    const details = el(
      'details',
      { class: 'transactions', 'data-testid': 'transactions' },
      el('summary', {}, 'Transactions'),
      list,
    );
    const load = async (): Promise<Node[]> =>
      transactionList(readTransactions(await api.accountResource(id, 'transactions')));
    details.addEventListener('toggle', () => void fill(list, load), { once: true });
    details.open = open;
    return details;
  }

  function accountView(account: Account, first: boolean, budget: Budget | undefined): HTMLElement {
    const lastAt = budget && lastReadWithoutYou(budget, account.id);
    const balances = el('div', { class: 'balance', 'data-testid': 'balance' });
    const card = el(
      'article',
      { class: 'card account', 'data-testid': 'account', 'data-account-id': account.id },
      el('div', { class: 'account-name' }, el('h3', {}, account.name), el('p', {}, account.details.join(' · '))),
      balances,
      ...(lastAt === undefined ? [] : [lastRead(lastAt)]),
      transactionsOf(account, first),
    );
    void fill(balances, async () => {
      const read = readBalances(await api.accountResource(account.id, 'balance'));
      return read.length === 0 ? [el('p', { class: 'quiet' }, 'No balance given.')] : read.map(balanceView);
    });
    return card;
  }

  return {
    async show(budget?: Budget): Promise<void> {
      await fill(host, async () => {
        const accounts = readAccounts(await api.accounts());
        if (accounts.length === 0) return [el('p', { class: 'quiet' }, 'Your bank shares no account.')];
        const first = accounts.findIndex(({ kind }) => kind === 'account');
        return accounts.map((account, index) =>
          account.kind === 'account'
            ? accountView(account, index === first, budget)
            : el('div', { class: 'card' }, rawDetails('An account as the bank sent it', account.raw)),
        );
      });
    },
    clear: (): void => host.replaceChildren(),
  };
}
