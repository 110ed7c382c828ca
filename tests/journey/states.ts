/** Each state that a person can find the page in: what the API says, and what was done. */

import { type Backdrop, type Reply, type Script, problem } from './backdrop.ts';
import { AUTHORISE, check, said, toBank, write } from './payer.ts';

/** The time at which all of them are looked at. */
export const NOW = '2026-11-29T12:14:05Z';

export interface PageState {
  readonly name: string;
  readonly script: Script;
  /** What the browser comes with. */
  readonly hash?: string;
  readonly path?: string;
  /** What it remembers. */
  readonly storage?: Readonly<Record<string, string>>;
  /** What a test waits for, where it is not that nothing is asked for any more. */
  readonly waitsFor?: string;
  arrange?(backdrop: Backdrop): Promise<void>;
}

const NAMES = { application: 'Ledgerly', bank: 'Pockit' };
const PERMISSIONS = [
  'accounts:read', 'balance:read', 'transactions:read', 'beneficiaries:read', 'direct-debits:read',
  'standing-orders:read', 'scheduled-payments:read', 'product:read',
];
const BUDGET = { limit: 4, hours: 24, endpoints: [] };

export const consent = (state: string, more: object = {}) => (): Reply => ({
  status: 200,
  body: {
    scope: 'aisp', state, permissions: [], grantedAt: null, expiresAt: null, renewing: false, budget: BUDGET,
    environment: 'sandbox', ...NAMES, ...more,
  },
});
export const active = (more: object = {}) => consent('active', {
  permissions: PERMISSIONS, grantedAt: '2026-11-01T09:00:00.000Z', expiresAt: '2027-01-30T09:00:00.000Z', ...more,
});
/** Granted 80 days ago. */
const DUE = { grantedAt: '2026-09-10T09:00:00.000Z', expiresAt: '2026-12-09T09:00:00.000Z' };
export const NONE = (): Reply => ({ status: 200, body: { state: 'none', environment: 'sandbox', ...NAMES } });

const money = (amount: string) => ({ Amount: amount, Currency: 'GBP' });
const account = (id: string, name: string) => ({
  AccountId: id, Currency: 'GBP', AccountType: 'Personal', AccountSubType: 'CurrentAccount', Nickname: name,
  Account: [{ SchemeName: 'UK.OBIE.SortCodeAccountNumber', Identification: `040004${id}`, Name: 'Ada Example' }],
});
const entry = (day: number, name: string, amount: string, direction: string, status = 'Booked') => ({
  TransactionId: `t-${day}-${name}`, BookingDateTime: `2026-11-${String(day).padStart(2, '0')}T10:00:00Z`,
  Amount: money(amount), CreditDebitIndicator: direction, Status: status, TransactionInformation: name,
});
const ENTRIES = [
  entry(29, 'Corner Bakery', '4.20', 'Debit', 'Pending'), entry(28, 'Northern Rail', '23.60', 'Debit'),
  entry(28, 'Salary', '2450.00', 'Credit'), entry(26, 'Water and Light', '61.15', 'Debit'),
  entry(24, 'Rent', '875.00', 'Debit'), entry(21, 'Greengrocer', '18.72', 'Debit'),
];
const IDS = ['12345678', '23456789', '34567890'] as const;

const ok = (body: unknown) => (): Reply => ({ status: 200, body });
const LISTS = { 'direct-debits': 'DirectDebit', 'standing-orders': 'StandingOrder', 'scheduled-payments': 'ScheduledPayment', beneficiaries: 'Beneficiary', product: 'Product' };

/** A bank of three accounts. */
export const BANK_SCRIPT: Script = {
  'GET /api/accounts': ok({ Data: { Account: [account(IDS[0], 'Everyday'), account(IDS[1], 'Rainy day'), account(IDS[2], 'Shared bills')] } }),
  ...Object.fromEntries(IDS.flatMap((id, at) => [
    [`GET /api/accounts/${id}/balance`, ok({ Data: { Balance: [
      { Type: 'InterimAvailable', Amount: money(['1284.35', '6120.00', '342.80'][at] ?? '0.00'), CreditDebitIndicator: 'Credit' },
      { Type: 'InterimBooked', Amount: money(['1288.55', '6120.00', '342.80'][at] ?? '0.00'), CreditDebitIndicator: 'Credit' },
    ] } })],
    [`GET /api/accounts/${id}/transactions`, ok({ Data: { Transaction: ENTRIES } })],
    ...Object.entries(LISTS).map(([resource, list]) => [`GET /api/accounts/${id}/${resource}`, ok({ Data: { [list]: [] } })]),
  ])),
};
const connected = (more: object = {}): Script => ({ ...BANK_SCRIPT, 'GET /api/consent': active(more) });
const of = (state: string): Script => ({ 'GET /api/consent': consent(state) });

const REMEMBERED = { 'tell-connected-until': '2027-01-30T09:00:00.000Z' };
const STEP = {
  at: '2026-11-29T12:14:02.250Z', call: 'resource',
  request: { method: 'GET', url: 'https://bank.example/v1/accounts', headers: { authorization: 'Bearer ***' } },
  signed: { header: '{"alg":"HS256"}', payload: '{}' }, response: { status: 200, body: '{"Data":{}}' },
};
const CALLS: Script = { 'GET /api/journey': ok({ steps: [STEP] }) };

const figures = (day: number) => ({
  requests: 400 + day, uptime: day === 9 ? 95.83 : 100, averageMs: 120 + ((day * 37) % 90), p50Ms: 110, p95Ms: 310, p99Ms: 620,
  errorRate: day === 9 ? 4.2 : 0.25, bankErrorRate: 0.2, networkErrorRate: 0.05, bankErrors: 1, networkErrors: 0,
});
const STATISTICS = {
  from: '2026-11-01', to: '2026-11-30',
  days: Array.from({ length: 30 }, (_, day) => ({
    date: `2026-11-${String(day + 1).padStart(2, '0')}`, aisp: figures(day), pisp: figures(day + 3), cbpii: null,
  })),
  summary: { aisp: figures(1), pisp: figures(2), cbpii: null },
  quarters: [{ quarter: '2026-Q4', aisp: figures(2), pisp: figures(3), cbpii: null }],
};

const payment = (name: string, script: Script = {}, arrange?: PageState['arrange']): PageState => ({
  name: `payment-${name}`, hash: '#pay', ...(arrange && { arrange }),
  script: { 'GET /api/payment': NONE, [AUTHORISE]: toBank, ...script },
});
const review = async ({ visitor }: Backdrop): Promise<void> => {
  await write(visitor.page);
  await check(visitor);
};
/** What the bank says is not asked for again while it is looked at: the page's clock stands. */
const paid = (state: string): PageState => payment(state, { 'GET /api/payment': said(state) });

export const STATES: readonly PageState[] = [
  { name: 'first', script: { 'GET /api/consent': NONE } },
  { name: 'first-unnamed', script: {} },
  { name: 'loading', storage: REMEMBERED, waitsFor: '#skeleton:not([hidden])', script: { 'GET /api/consent': () => new Promise<never>(() => {}) } },
  { name: 'connected', hash: '#connected', script: connected() },
  { name: 'permissions-fewer', script: connected({ permissions: ['accounts:read', 'balance:read'] }) },
  { name: 'renew-due', script: connected(DUE) },
  { name: 'renewing', script: connected({ ...DUE, renewing: true }) },
  { name: 'renewal-declined', hash: '#declined', script: connected({ ...DUE, renewing: true }) },
  { name: 'requested', script: of('requested') },
  { name: 'authorised', script: of('authorised') },
  { name: 'declined', hash: '#declined', script: of('declined') },
  ...['code_expired', 'revoked', 'reauthorise', 'expired', 'spent'].map((state) => ({ name: state, script: of(state) })),
  { name: 'session-lost', storage: REMEMBERED, script: { 'GET /api/consent': NONE } },
  { name: 'outage', script: { ...connected(), ...Object.fromEntries(IDS.flatMap((id) =>
    ['balance', 'transactions'].map((resource) => [`GET /api/accounts/${id}/${resource}`, () => problem(502, 'gateway_unreachable', { detail: 'The gateway cannot be reached.' })]))) } },
  { name: 'server-away', script: { 'GET /api/consent': () => undefined } },
  { name: 'error-arrival', hash: '#error=redirect_mismatch', script: { 'GET /api/consent': NONE } },
  { name: 'disconnecting', script: connected(), arrange: ({ visitor }) => visitor.part('disconnect').click() },
  {
    name: 'panel-open', script: { ...connected(), ...CALLS }, storage: { 'tell-panel': 'open' },
    arrange: ({ visitor }) => visitor.part('journey-step').first().locator('summary').click(),
  },
  payment('form'),
  payment('faults', {}, ({ visitor }) => visitor.part('payment-review').click()),
  payment('review', {}, review),
  ...['accepted', 'credited', 'rejected', 'unknown', 'blocked'].map(paid),
  { name: 'statistics', hash: '#statistics', script: { 'GET /api/statistics': ok(STATISTICS) } },
  { name: 'not-found', path: '/nowhere', script: {} },
];
