import '../style/account.css';
import { ready } from 'tell-connect/views';
import type { AccountResource, Api, Consent } from '../api.ts';
import { type Budget, lastReadWithoutYou } from '../budget.ts';
import { formatMoment } from '../dates.ts';
import { breathe, el, rawDetails } from '../dom.ts';
import { formatMoney } from '../money.ts';
import { SECTIONS, type Section, sectionView } from './arrangements.ts';
import { fold } from './fold.ts';
import { mountHistory } from './history.ts';
import { labelOf } from './label.ts';
import { permits } from './permits.ts';
import { type AccountEvents, Reader } from './reader.ts';
import { type Account, type Balance, type Unknown, readAccounts, readBalances } from './rows.ts';

function balanceView(balance: Balance | Unknown): HTMLElement {
  if (balance.kind === 'unknown') return rawDetails('A balance as the bank sent it', balance.raw);
  return el(
    'p',
    { class: 'balance-line' },
    el('span', { class: 'balance-label' }, balance.label),
    el('span', { class: 'money' }, formatMoney(balance.money)),
  );
}

const lastRead = (iso: string): HTMLElement =>
  el('p', { class: 'quiet', 'data-testid': 'last-read' }, 'Last read without you: ', el('time', { datetime: iso }, formatMoment(iso)));

interface Shown {
  api: Api;
  events: AccountEvents;
  consent: Pick<Consent, 'permissions' | 'budget'>;
}

/** Shows the accounts in `host`, each with its balances at once and the rest when it is opened. */
export async function showAccounts(host: HTMLElement, { api, events, consent }: Shown): Promise<void> {
  const reader = new Reader(events);
  const read = (id: string, resource: AccountResource, query?: string): Promise<string> =>
    reader.inTurn(() => api.accountResource(id, resource, query));

  function historyOf({ id }: Account, label: string, isOpen: boolean): HTMLElement {
    const path = `/accounts/${encodeURIComponent(id)}/transactions`;
    const details = fold('Transactions', label, 'transactions', (body) => {
      const options = { label, path, reader, read: (query: string) => api.accountResource(id, 'transactions', query), onCalls: events.onCalls };
      void mountHistory(body, options).readOn();
    });
    details.open = isOpen;
    return details;
  }

  function sectionOf({ id }: Account, label: string, section: Section): HTMLElement {
    return fold(section.title, label, section.resource, (body) => {
      void reader.fill(body, async () => [sectionView(section, section.read(await read(id, section.resource)))], 3);
    });
  }

  function accountView(account: Account, label: string, isFirst: boolean, budget: Budget | undefined): HTMLElement {
    const may = (resource: string): boolean => permits(consent.permissions, resource);
    const lastAt = budget && lastReadWithoutYou(budget, account.id);
    const balances = el('div', { class: 'balance', 'data-testid': 'balance' });
    if (may('balance')) {
      void reader.fill(balances, async () => {
        const listed = readBalances(await read(account.id, 'balance'));
        return listed.length === 0 ? [el('p', { class: 'quiet' }, 'No balance given.')] : listed.map(balanceView);
      }, 1);
    }
    return el(
      'article',
      { class: 'card account', 'data-testid': 'account', 'data-account-id': account.id, 'aria-label': label },
      el('div', { class: 'account-name' }, el('h3', {}, account.name), el('p', {}, account.details.join(' · '))),
      ...(may('balance') ? [balances] : []),
      ...(lastAt === undefined ? [] : [lastRead(lastAt)]),
      el(
        'div',
        { class: 'folds' },
        ...(may('transactions') ? [historyOf(account, label, isFirst)] : []),
        ...SECTIONS.filter(({ resource }) => may(resource)).map((section) => sectionOf(account, label, section)),
      ),
    );
  }

  await reader.fill(host, async () => {
    const [text] = await Promise.all([reader.inTurn(api.accounts), ready()]);
    await breathe();
    const accounts = readAccounts(text);
    await breathe();
    if (accounts.length === 0) return [el('p', { class: 'quiet' }, 'Your bank shares no account.')];
    const first = accounts.findIndex(({ kind }) => kind === 'account');
    return accounts.map((account, index) =>
      account.kind === 'account'
        ? accountView(account, labelOf(account, accounts), index === first, consent.budget)
        : el('div', { class: 'card' }, rawDetails('An account as the bank sent it', account.raw)),
    );
  }, 3);
}
