// Bodies as they are sent and answered.
import type { CallLog, ConsentView, PaymentTold, Statistics, StatisticsFigures } from '../../pkg/src/generated/core.ts';
import type * as shapes from './shapes.ts';

/** By name: bodies of that shape. */
type Bodies<T> = Readonly<Record<string, T>>;

export const UUID = 'c0fd407d-134b-4091-8e04-ab49a98db217';

const PAYMENT: shapes.Payment = {
  PaymentType: 'FasterPayment', BeneficiaryName: 'Hazel Court Lettings', SchemeName: 'SortCodeAccountNumber',
  BeneficiaryIdentification: '20000012345678', Amount: '12.50', Currency: 'GBP', Reference: 'FLAT 7',
};

export const authorisationRequests: Bodies<shapes.AuthorisationRequest> = {
  accounts: { scope: 'aisp' },
  payment: { scope: 'pisp', payment: PAYMENT, order: 'order-17' },
};

export const authorisation: Bodies<shapes.Authorisation> = {
  asked: {
    uuid: UUID, location: 'https://auth.tell.money/v1/authorise/intent-1', expiresAt: '2026-01-31T12:30:00.000Z',
  },
};

const BUDGET: ConsentView['budget'] = { limit: 4, hours: 24, endpoints: [] };

export const consents: Bodies<shapes.ConsentAnswer> = {
  active: {
    scope: 'aisp', state: 'active', permissions: ['accounts:read', 'balance:read'],
    grantedAt: '2026-01-31T12:00:00.000Z', expiresAt: '2026-05-01T12:00:00.000Z', renewing: false, environment: 'production',
    budget: {
      ...BUDGET,
      endpoints: [{
        endpoint: '/accounts', left: 3, nextAt: '2026-02-01T12:01:00.000Z', lastAt: '2026-01-31T12:00:00.000Z',
      }],
    },
  },
  requested: {
    scope: 'aisp', state: 'requested', permissions: [], grantedAt: null, expiresAt: null, renewing: false, budget: BUDGET,
    environment: 'sandbox', application: 'Hazel Court', bank: 'Pockit',
  },
  none: { state: 'none', environment: 'sandbox', application: 'Hazel Court', bank: 'Pockit' },
};

export const paymentRequests: Bodies<shapes.PaymentRequest> = {
  stated: {},
  payment: PAYMENT,
  'payment of an order': { payment: PAYMENT, order: 'order-17' },
};

const REFERENCE = '7c3a9f0e-54a1-4f39-9d5e-2f1c7b1f6f10';
const SUBMITTED: PaymentTold = { state: 'accepted', bankStatus: 'AcceptedSettlementInProcess', reference: REFERENCE };

export const submitted: Bodies<PaymentTold> = { accepted: SUBMITTED };
export const unknown: Bodies<PaymentTold> = { unknown: { state: 'unknown' } };
export const paymentStatuses: Bodies<shapes.PaymentAnswer> = {
  ready: { state: 'ready', payment: PAYMENT },
  settled: { state: 'settled', bankStatus: 'AcceptedSettlementCompleted', reference: REFERENCE, payment: PAYMENT },
  none: { state: 'none', environment: 'production' },
};

// What a bank sends is passed on as it came, whatever its members.
export const accounts: Bodies<object> = {
  flat: {
    Accounts: [{
      AccountId: '12345678', Currency: 'GBP', AccountType: 'Personal', AccountSubType: 'CurrentAccount',
      Nickname: 'Everyday', Identification: '20000012345678', SchemeName: 'SortCodeAccountNumber',
    }],
  },
  OBIE: { Data: { Account: [{ AccountId: '12345678', Currency: 'GBP', Nickname: 'Everyday' }] } },
};
export const resources: Bodies<object> = {
  balance: { Amount: '1250.00', Currency: 'GBP', CreditDebit: 'Credit' },
  transactions: {
    Transactions: [{
      TransactionId: 't-1', BookingDateTime: '2026-01-30T09:15:00Z', Amount: '3.50', Currency: 'GBP', Status: 'Booked',
      CreditDebit: 'Debit', TransactionInformation: 'COFFEE',
    }],
  },
};
export const funds: Bodies<object> = { enough: { FundsAvailable: true } };

const FIGURES: StatisticsFigures = {
  requests: 120, uptime: 100, averageMs: 84, p50Ms: 71, p95Ms: 190, p99Ms: 410, errorRate: 0.83, bankErrorRate: 0.83,
  networkErrorRate: 0, bankErrors: 1, networkErrors: 0,
};
const KINDS = { aisp: FIGURES, pisp: null, cbpii: null };
export const statistics: Bodies<Statistics> = {
  'one day': {
    from: '2026-01-31', to: '2026-01-31', summary: KINDS, days: [{ date: '2026-01-31', ...KINDS }],
    quarters: [{ quarter: '2026-Q1', ...KINDS }],
  },
};
export const table: Bodies<string> = {
  summary: 'Summary Data\r\nMetric,AISP,PISP,CBPII\r\nUptime,100.00%,N/A,N/A\r\nAverage Request Time,84 ms,N/A,N/A\r\n',
};

export const journey: Bodies<CallLog> = {
  read: {
    gateway: 'http://localhost:8788/v1', state: 'active',
    steps: [{
      at: '2026-01-31T12:00:00.000Z', ms: 84, call: 'resource',
      request: {
        method: 'GET', url: 'https://bank.example/v1/accounts',
        headers: { accept: 'application/json', authorization: 'Bearer ***', 'x-jws-signature': '***' },
      },
      signed: {
        header: '{"alg":"HS256","typ":"JWT","app":"app-1","path":"/accounts","iat":1769860800}', payload: '{}',
      },
      response: { status: 200, body: '{"Accounts":[]}', size: 15 },
    }],
  },
};
