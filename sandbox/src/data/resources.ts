import type { Account } from './accounts.ts';
import { beneficiaries, directDebits, scheduledPayments, standingOrders } from './arrangements.ts';
import { balances, transactions } from './transactions.ts';

interface Resource {
  /** The member of `Data` that holds the list. */
  member: string;
  list: (account: Account, now: number) => object[];
}

/** ACC-3, what stands under an account, by its path. */
const TABLE: Readonly<Record<string, Resource>> = {
  balance: { member: 'Balance', list: balances },
  transactions: { member: 'Transaction', list: transactions },
  beneficiaries: { member: 'Beneficiary', list: beneficiaries },
  'direct-debits': { member: 'DirectDebit', list: directDebits },
  'standing-orders': { member: 'StandingOrder', list: standingOrders },
  'scheduled-payments': { member: 'ScheduledPayment', list: scheduledPayments },
  product: { member: 'Product', list: product },
};

export const RESOURCES: readonly string[] = Object.keys(TABLE);

/** The answer for an account (no resource named) or for one thing under it; nothing for a name not in the table. */
export function accountResource(account: Account, resource: string | undefined, now: number): object | undefined {
  const self = `/accounts/${account.AccountId}`;
  if (resource === undefined) return answer(self, { Account: [account] });
  if (!Object.hasOwn(TABLE, resource)) return undefined;
  const { member, list } = TABLE[resource] as Resource;
  return answer(`${self}/${resource}`, { [member]: list(account, now) });
}

function answer(self: string, data: object): object {
  return { Data: data, Links: { Self: self }, Meta: { TotalPages: 1 } };
}

function product({ AccountId, AccountSubType }: Account): object[] {
  const current = AccountSubType === 'CurrentAccount';
  return [
    {
      AccountId,
      ProductId: current ? 'SANDBOX-CURRENT' : 'SANDBOX-SAVER',
      ProductType: current ? 'PersonalCurrentAccount' : 'Savings',
      ProductName: current ? 'Sandbox Current Account' : 'Sandbox Easy Saver',
    },
  ];
}
