// Every call of the worker's HTTP API: what it takes, what it answers, and the codes that it can fail with.
import { type ProblemCode, RESOURCES } from '../../pkg/src/generated/core.ts';
import * as examples from './examples.ts';
import { none, order, parameter, query, scope, sites } from './parameters.ts';

export interface Body {
  /** Its name. */
  readonly schema: string;
  readonly examples: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly description: string;
  /** By media type. */
  readonly body?: Readonly<Record<string, Body>>;
  /** Beside what every answer carries: headers that are always there. */
  readonly headers?: readonly string[];
}

export interface Operation {
  readonly id: string;
  readonly method: 'get' | 'post' | 'delete';
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly object[];
  readonly body?: Body;
  readonly security: readonly object[];
  readonly answers: Readonly<Record<string, Answer>>;
  readonly codes: readonly ProblemCode[];
  /** Whether the bank's own refusal can come through, with the bank's status. */
  readonly isBanks?: true;
  /** Whether it can set a cookie. */
  readonly isOfSession: boolean;
}

const ACCOUNT = [{ accountSession: [] }];
const PAYMENT = [{ paymentSession: [] }];
const EITHER = [...ACCOUNT, ...PAYMENT];

/** What can break here, whatever was called. */
const BROKEN = [
  'configuration_invalid', 'snapshot_damaged', 'snapshot_version_unknown', 'vault_key_unknown', 'internal', 'busy',
] as const satisfies readonly ProblemCode[];
/** A consent was asked, and did not answer in time. */
const ASKED = [...BROKEN, 'gateway_timeout'] as const;
/** The bank's gateway was asked. */
const GATEWAY = [
  ...ASKED, 'gateway_unreachable', 'gateway_bad_answer', 'gateway_failed', 'gateway_busy', 'gateway_refused',
  'gateway_refused_client',
] as const;
const CHANGES = ['origin_required', 'origin_mismatch'] as const;
const BODY = ['json_invalid', 'body_too_large', 'content_type_unsupported', 'too_many_requests'] as const;
const PAYS = ['payment_invalid', 'order_invalid', 'invalid_argument', 'payments_off', 'payments_backend_only'] as const;
const ENDS = ['code_expired', 'revoked', 'reauthorise', 'expired'] as const;
const ORDERS = ['order_mismatch', 'order_already_paid'] as const;
/** A consent is needed that the customer has granted. */
const CONSENTED = ['consent_not_found', 'declined', ...ENDS] as const;

/** What the page is told after `#error=`. */
export const CALLBACK_CODES = [
  'redirect_parameter_missing', 'redirect_parameter_repeated', 'redirect_parameter_invalid', 'too_large',
  'redirect_mismatch', 'consent_not_found', ...ENDS, ...GATEWAY,
] as const satisfies readonly ProblemCode[];

const json = (schema: string, shown: Body['examples']): Answer['body'] & {} => ({ 'application/json': { schema, examples: shown } });

const bankAnswers = (shown: Body['examples'], description = 'The bank\'s answer, as it came.'): Operation['answers'] => ({
  200: { description, body: json('BankAnswer', shown) },
  204: { description: 'A success of the bank\'s that has no body.' },
  '2XX': { description: 'Another success of the bank\'s. Its status is passed on.', body: json('BankAnswer', {}) },
});

/** What all reads of accounts share. */
const read = {
  method: 'get', tag: 'Accounts', security: ACCOUNT, isBanks: true, isOfSession: true,
  codes: [
    ...GATEWAY, ...CONSENTED, 'origin_mismatch', 'path_invalid', 'too_large', 'user_ip_invalid', 'permission_missing',
    'not_authorised_yet', 'too_many_requests',
  ],
} as const;
const QUERY = 'A query of the bank\'s, such as `page` or `fromBookingDateTime`, is passed on as it came.';
const accountId = parameter('id', 'The bank\'s id of the account.',
  { type: 'string', minLength: 1, maxLength: 128, pattern: '^(?!\\.+$)[A-Za-z0-9._~-]+$' }, '12345678');

export const OPERATIONS: readonly Operation[] = [
  {
    id: 'authorise', method: 'post', path: '/api/authorise', tag: 'Consent',
    summary: 'Ask for a consent',
    description: 'Asks the bank for an authorisation. Send the customer to `location`. A consent from before stays in '
      + 'force until the new one is connected.',
    parameters: [order, ...sites],
    body: { schema: 'AuthorisationRequest', examples: examples.authorisationRequests },
    security: [],
    answers: {
      201: {
        description: 'The customer can be sent to the bank. A session cookie is set.',
        body: json('Authorisation', examples.authorisation), headers: ['Set-Cookie'],
      },
    },
    codes: [...GATEWAY, ...CHANGES, ...BODY, ...PAYS, ...ORDERS, 'scope_invalid', 'location_refused', 'consent_already_started'],
    isBanks: true, isOfSession: true,
  },
  {
    id: 'callback', method: 'get', path: '/api/callback', tag: 'Consent',
    summary: 'Come back from the bank',
    description: 'The bank sends the customer\'s browser here. The code is exchanged once; a repeat shows the same '
      + 'outcome. A prefetch, a HEAD, or a call that asks for no page spends nothing. Further parameters are ignored.',
    parameters: [
      query('intent-id', 'The bank\'s id of the authorisation.', { type: 'string', minLength: 1, maxLength: 256 }, 'intent-1'),
      query('uuid', 'The UUID under which it was asked for.', { type: 'string', format: 'uuid' }, examples.UUID),
      query('authorisation_code', 'Absent, empty or `null` where the customer declined.',
        { type: 'string', maxLength: 2048 }, 'code-1'),
    ],
    security: EITHER,
    answers: {
      303: {
        description: 'To the page: `/#connected`, `/#declined`, or `/#error=` and a code.', headers: ['Location'],
      },
    },
    codes: [...BROKEN, 'too_early'], isOfSession: true,
  },
  {
    id: 'getConsent', method: 'get', path: '/api/consent', tag: 'Consent',
    summary: 'See how the consent stands',
    description: 'How the consent of this browser stands. The bank is not asked.',
    parameters: [scope, none], security: EITHER,
    answers: { 200: { description: 'There is one; or, with `none=ok`, there is none.', body: json('ConsentOrNone', examples.consents) } },
    codes: [...ASKED, 'origin_mismatch', 'scope_invalid', 'consent_not_found'], isOfSession: true,
  },
  {
    id: 'deleteConsent', method: 'delete', path: '/api/consent', tag: 'Consent',
    summary: 'Disconnect',
    description: 'Erases all that this browser had of the scope, whatever state it is in, and ends the cookie.',
    parameters: [scope, ...sites], security: EITHER,
    answers: { 204: { description: 'Nothing is left, or nothing was there.', headers: ['Set-Cookie'] } },
    codes: [...ASKED, ...CHANGES, 'scope_invalid'], isOfSession: true,
  },
  {
    ...read, id: 'getAccounts', path: '/api/accounts',
    summary: 'List the accounts', description: `The accounts that the customer agreed to show. ${QUERY}`, parameters: [],
    answers: bankAnswers(examples.accounts),
  },
  {
    ...read, id: 'getAccount', path: '/api/accounts/{id}',
    summary: 'See an account', description: `One of the accounts. ${QUERY}`, parameters: [accountId],
    answers: bankAnswers(examples.accounts),
  },
  {
    ...read, id: 'getAccountResource', path: '/api/accounts/{id}/{resource}',
    summary: 'See what there is of an account',
    description: `A resource of an account. ${QUERY} A host may add further resources in its profile.`,
    parameters: [accountId, parameter('resource', 'Which.', { type: 'string', enum: [...RESOURCES] }, 'balance')],
    answers: bankAnswers(examples.resources),
  },
  {
    id: 'pay', method: 'post', path: '/api/payment', tag: 'Payments',
    summary: 'Submit the payment',
    description: 'Submits the one payment of the consent, once whatever fails. The same again, byte for byte, is told how '
      + 'the first stands.',
    parameters: [order, ...sites],
    body: { schema: 'PaymentRequest', examples: examples.paymentRequests },
    security: PAYMENT,
    answers: {
      201: { description: 'It was submitted now.', body: json('PaymentTold', examples.submitted) },
      200: { description: 'It was submitted before.', body: json('PaymentTold', examples.submitted) },
      202: { description: 'It was sent, and its fate is not known yet. Do not pay again.', body: json('PaymentTold', examples.unknown) },
    },
    codes: [
      ...GATEWAY, ...CHANGES, ...BODY, ...PAYS, ...ORDERS, ...CONSENTED, 'user_ip_invalid', 'not_authorised_yet',
      'payment_already_submitted', 'payment_mismatch',
    ],
    isBanks: true, isOfSession: true,
  },
  {
    id: 'getPayment', method: 'get', path: '/api/payment', tag: 'Payments',
    summary: 'See how the payment stands',
    description: 'How the payment of this browser stands. The bank is asked, every 2 seconds at most.',
    parameters: [none], security: PAYMENT,
    answers: {
      200: { description: 'What is known of it; or, with `none=ok`, that there is none.', body: json('PaymentOrNone', examples.paymentStatuses) },
    },
    codes: [...ASKED, ...CONSENTED, 'origin_mismatch', 'user_ip_invalid'], isOfSession: true,
  },
  {
    id: 'getFunds', method: 'get', path: '/api/payment/funds', tag: 'Payments',
    summary: 'Ask whether there is money', description: 'Whether there is money for the payment.', parameters: [], security: PAYMENT,
    answers: bankAnswers(examples.funds,
      'The bank\'s answer, as it came; `{"state":"awaiting_consent"}` while the customer is at the bank.'),
    codes: [...GATEWAY, ...CONSENTED, 'origin_mismatch', 'user_ip_invalid'], isBanks: true, isOfSession: true,
  },
  {
    id: 'getStatistics', method: 'get', path: '/api/statistics', tag: 'Statistics',
    summary: 'See how the bank\'s interface fared',
    description: 'Uptime, request times and error rates by day and quarter. In production for whoever has the token alone; '
      + 'in sandbox for anybody, unless there is one.',
    parameters: [
      query('from', 'The first day (UTC); 30 days, without it.', { type: 'string', format: 'date' }, '2026-01-01', false),
      query('to', 'The last day; today, without it. 400 days in all at most.', { type: 'string', format: 'date' }, '2026-01-31', false),
      query('format', 'In which form.', { type: 'string', enum: ['json', 'csv'], default: 'json' }, 'json', false),
    ],
    security: [{}, { statisticsToken: [] }],
    answers: {
      200: {
        description: 'The figures. As CSV, with a file\'s name in `Content-Disposition`.',
        body: { ...json('Statistics', examples.statistics), 'text/csv': { schema: 'Table', examples: examples.table } },
      },
    },
    codes: [...BROKEN, 'origin_mismatch', 'invalid_argument', 'statistics_token_wrong', 'route_not_found'], isOfSession: false,
  },
  {
    id: 'getJourney', method: 'get', path: '/api/journey', tag: 'Sandbox',
    summary: 'Watch the calls', description: 'The calls of the consent that was asked for last. In sandbox alone.',
    parameters: [scope], security: [{}, ...EITHER],
    answers: { 200: { description: 'Oldest first, secrets masked.', body: json('CallLog', examples.journey) } },
    codes: [...BROKEN, 'origin_mismatch', 'scope_invalid', 'route_not_found'], isOfSession: true,
  },
];
