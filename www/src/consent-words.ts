const PERMISSIONS: Readonly<Record<string, string>> = {
  accounts: 'Account names and numbers',
  balance: 'Balances',
  transactions: 'Transactions',
  beneficiaries: 'People and companies you pay',
  product: 'Account type, fees and rates',
  'direct-debits': 'Direct debits',
  'standing-orders': 'Standing orders',
  'scheduled-payments': 'Scheduled payments',
};

/** A granted permission in words (`balance:read`); one that is not known is shown as the bank wrote it. */
export function permissionInWords(permission: string): string {
  const [subject = '', verb] = permission.split(':');
  if (verb !== 'read') return permission;
  const known = [subject, subject.replace(/s$/, ''), `${subject}s`].find((name) => Object.hasOwn(PERMISSIONS, name));
  return known === undefined ? permission : (PERMISSIONS[known] ?? permission);
}

const STATES: Readonly<Record<string, string>> = {
  requested: 'Waiting for your bank',
  authorised: 'Almost connected',
  active: 'Connected',
  declined: 'Declined',
  code_expired: 'Not completed',
  revoked: 'Ended by your bank',
  reauthorise: 'Needs you again',
  spent: 'Used',
  expired: 'Ended',
};

/** The state of a consent in a word or two. */
export function stateInWords(state: string): string {
  return Object.hasOwn(STATES, state) ? (STATES[state] ?? state) : state;
}
