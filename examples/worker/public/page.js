// All that a page needs of the worker: ask for a consent, read the accounts, end the consent.

const [notice, accounts, connect, disconnect] = ['notice', 'accounts', 'connect', 'disconnect']
  .map((id) => document.getElementById(id));

/** What the callback says behind the `#`, once: the words alone. Whether a bank is connected, the worker knows. */
const ARRIVALS = { '#connected': 'Your bank is connected.', '#declined': 'Nothing was connected: it was declined.' };
const arrival = location.hash;
history.replaceState(null, '', location.pathname);
const words = ARRIVALS[arrival] ?? (arrival.startsWith('#error=') ? `Not connected: ${arrival.slice(7)}.` : '');

connect.onclick = () => attempt(async () => {
  const { location: bank } = await api('POST', 'authorise', { scope: 'aisp' });
  location.assign(bank);
});
disconnect.onclick = () => attempt(async () => {
  await api('DELETE', 'consent');
  await show('Your bank is disconnected.');
});
attempt(() => show(words));

async function show(text) {
  const { state } = await api('GET', 'consent?none=ok');
  connect.hidden = state === 'active';
  disconnect.hidden = state !== 'active';
  const { Accounts: list } = state === 'active' ? await api('GET', 'accounts') : { Accounts: [] };
  accounts.replaceChildren(...await Promise.all(list.map(rowOf)));
  notice.textContent = text;
}

/** Amounts stay the text that the bank sent. */
async function rowOf({ AccountId, Nickname, Identification }) {
  const { Amount, Currency, CreditDebit } = await api('GET', `accounts/${AccountId}/balance`);
  const [row, name, balance] = ['li', 'span', 'b'].map((tag) => document.createElement(tag));
  name.textContent = `${Nickname} ${Identification}`;
  balance.textContent = `${CreditDebit === 'Debit' ? '−' : ''}${Amount} ${Currency}`;
  row.append(name, balance);
  return row;
}

/** A failure is a problem with a `code`, which never changes its meaning, and a `detail`, which says what to do. */
async function api(method, path, body) {
  const sent = body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(`/api/${path}`, { method, ...sent });
  const told = answer.status === 204 ? {} : await answer.json();
  if (!answer.ok) throw new Error(`${told.code}: ${told.detail}`);
  return told;
}

async function attempt(act) {
  try {
    await act();
  } catch (error) {
    notice.textContent = error.message;
  }
}
