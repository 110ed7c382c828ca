// What this service reads of the bank's texts, flat or wrapped in `Data` (ACC-5). Amounts stay decimal text: a number
// of JavaScript's would round them.

type Members = Record<string, unknown>;

export interface Account {
  id: string;
  name: string;
  currency: string;
}

export interface Balance {
  amount: string;
  currency: string;
}

export interface Transaction {
  id: string;
  isBooked: boolean;
  bookedAt: string;
  /** Below zero for money that left. */
  amount: string;
  currency: string;
  text: string;
}

export function accountsIn(text: string): Account[] {
  return itemsIn(text, 'Accounts', 'Account').map((account) => ({
    id: textOf(account['AccountId']),
    name: textOf(account['Nickname']) || textOf(account['AccountSubType']),
    currency: textOf(account['Currency']),
  }));
}

/** The first that it tells. */
export function balanceIn(text: string): Balance | undefined {
  const whole = membersOf(JSON.parse(text));
  const [balance = whole] = itemsIn(text, 'Balances', 'Balance');
  const { amount, currency } = moneyOf(balance);
  return amount === '' ? undefined : { amount, currency };
}

export function transactionsIn(text: string): Transaction[] {
  return itemsIn(text, 'Transactions', 'Transaction').map((row) => ({
    id: textOf(row['TransactionId']),
    isBooked: textOf(row['Status']).toLowerCase() !== 'pending',
    bookedAt: textOf(row['BookingDateTime']),
    ...moneyOf(row),
    text: textOf(row['MerchantName']) || textOf(membersOf(row['MerchantDetails'])['MerchantName'])
      || textOf(row['TransactionInformation']),
  }));
}

function itemsIn(text: string, flat: string, wrapped: string): Members[] {
  const whole = membersOf(JSON.parse(text));
  const list = whole[flat] ?? membersOf(whole['Data'])[wrapped];
  return Array.isArray(list) ? list.map(membersOf) : [];
}

function moneyOf(row: Members): { amount: string; currency: string } {
  const money = typeof row['Amount'] === 'object' ? membersOf(row['Amount']) : row;
  const amount = textOf(money['Amount']);
  const isDebit = textOf(row['CreditDebit'] ?? row['CreditDebitIndicator']).toLowerCase() === 'debit';
  return { amount: isDebit && amount !== '' ? `-${amount}` : amount, currency: textOf(money['Currency']) };
}

const membersOf = (value: unknown): Members => (typeof value === 'object' && value !== null ? (value as Members) : {});

const textOf = (value: unknown): string =>
  (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
