// Connects a bank by the worker, and shows what it sent as typed rows: accounts, balances, the latest transactions.
import { type Account, accounts, balances, type Money, ready, transactions } from 'tell-connect/views';
import { api } from './api.ts';
import './style.css';

const LATEST = 5;
const part = (id: string): HTMLElement => document.getElementById(id)!;
const [connect, disconnect] = [part('connect'), part('disconnect')];

/** What the callback says behind the `#`, once: the words alone. Whether a bank is connected, the worker knows. */
const arrival = location.hash;
history.replaceState(null, '', location.pathname);

connect.onclick = () => attempt(async () => {
  const { location: bank } = JSON.parse(await api('POST', 'authorise', { scope: 'aisp' })) as { location: string };
  location.assign(bank);
});
disconnect.onclick = () => attempt(async () => {
  await api('DELETE', 'consent');
  await show('Your bank is disconnected.');
});

function wordsOf(hash: string): string {
  if (hash === '#connected') return 'Your bank is connected.';
  if (hash === '#declined') return 'Nothing was connected: it was declined.';
  return hash.startsWith('#error=') ? `Not connected: ${hash.slice(7)}.` : '';
}

async function show(words: string): Promise<void> {
  const { state } = JSON.parse(await api('GET', 'consent?none=ok')) as { state: string };
  const isConnected = state === 'active';
  connect.hidden = isConnected;
  disconnect.hidden = !isConnected;
  part('accounts').replaceChildren(...(isConnected ? await rows() : []));
  part('notice').textContent = words;
}

async function rows(): Promise<HTMLElement[]> {
  await ready();
  return Promise.all(accounts(await api('GET', 'accounts')).map(rowOf));
}

async function rowOf({ accountId, nickname, identification }: Account): Promise<HTMLElement> {
  const [balance] = balances(await api('GET', `accounts/${accountId}/balance`));
  const latest = transactions(await api('GET', `accounts/${accountId}/transactions`)).slice(0, LATEST);
  const list = latest.map(({ bookingDateTime, transactionInformation, amount }) =>
    element('div', `${bookingDateTime?.slice(0, 10)} ${transactionInformation}: ${money(amount)}`));
  const details = element('details', element('summary', 'Latest transactions'), ...list);
  return element('li', element('span', `${nickname} ${identification}`), element('b', money(balance?.amount)), details);
}

/** The text that the bank sent: no number of JavaScript's ever rounds it. */
const money = (amount: Money | undefined): string => (amount === undefined ? '' : `${amount.value} ${amount.currency}`);

function element(tag: string, ...content: Array<Node | string>): HTMLElement {
  const made = document.createElement(tag);
  made.append(...content);
  return made;
}

async function attempt(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    part('notice').textContent = (error as Error).message;
  }
}

await attempt(() => show(wordsOf(arrival)));
