/** AUT, RED and PAY-6: an authorisation is asked for, and the PSU decides. */

import { ASPSP, PAYMENT, UUID } from '../../support/tpp.ts';
import type { Bench } from '../bench.ts';
import { type Case, STRICT } from '../case.ts';

const invalid = (rule: string): string => `400 invalid_request ${rule}`;

const members = (rule: string, name: string, changes: object): Case => ({
  rule,
  name,
  expected: invalid(rule),
  make: ({ tpp }) => tpp.authorise(changes),
});

interface Posted {
  type?: string;
  settings?: Readonly<Record<string, string>>;
}

/** A rightly signed call with this body. */
function body(name: string, text: string, expected = invalid('AUT-1'), { type, settings = {} }: Posted = {}): Case {
  const make = ({ tpp }: Bench) => {
    const headers = { 'content-type': type ?? 'application/json', authorization: tpp.basic() };
    return tpp.post('/authorise', text, headers);
  };
  return { rule: 'AUT-1', name, expected, settings, make };
}

const RIGHT = `{"aspsp":"${ASPSP}","uuid":"${UUID}","scope":"aisp"}`;

/** The PSU's browser sends the consent page's form. */
function press(name: string, decision: string, expected: string, more: PressOptions = {}): Case {
  const { rule = 'AUT-4', members = {}, headers = {} } = more;
  const make = async (bench: Bench) => bench.tpp.press(await bench.location(members), decision, headers);
  return { rule, name, expected, make };
}

interface PressOptions {
  rule?: string;
  members?: object;
  headers?: Record<string, string>;
}

const PISP = { members: { scope: 'pisp' } };
const STATED = { SANDBOX_PAYMENT_AT_AUTHORISE: 'payment' };

const stated = (name: string, changes: object, expected = invalid('PAY-6')): Case => ({
  rule: 'PAY-6',
  name,
  expected,
  settings: STATED,
  make: ({ tpp }) => tpp.authorise({ scope: 'pisp', payment: PAYMENT, ...changes }),
});

const unlike = (name: string, changes: object): Case => ({
  rule: 'PAY-6',
  name,
  expected: '422 payment_not_as_stated PAY-6',
  settings: STATED,
  make: async (bench) => bench.tpp.pay(await bench.payer({ payment: PAYMENT }), { ...PAYMENT, ...changes }),
});

export const AUTHORISATIONS: readonly Case[] = [
  body('a right call', RIGHT, '200'),
  members('AUT-1', 'a member left out', { scope: undefined }),
  members('AUT-1', 'a further member', { redirect_uri: 'https://tpp.example/back' }),
  body('a member twice', RIGHT.replace('{', '{"scope":"pisp",')),
  body('a list', '[]'),
  body('no JSON', RIGHT.slice(1)),
  body('a byte order mark', `\ufeff${RIGHT}`),
  { rule: 'AUT-1', name: 'bytes that are no UTF-8', expected: invalid('AUT-1'), make: latin1 },
  body('another order, where order counts', `{"scope":"aisp","aspsp":"${ASPSP}","uuid":"${UUID}"}`, invalid('AUT-1'), {
    settings: STRICT,
  }),
  body('a form', 'scope=aisp', '415 unsupported_media_type AUT-1', { type: 'application/x-www-form-urlencoded' }),
  body('a charset, where spelling counts', RIGHT, '415 unsupported_media_type AUT-1', {
    type: 'application/json; charset=utf-8',
    settings: STRICT,
  }),
  body('more than 64 KiB', RIGHT + ' '.repeat(65_536), '413 body_too_large AUT-1'),
  {
    rule: 'AUT-1',
    name: 'a query',
    expected: invalid('AUT-1'),
    make: ({ tpp }) => {
      const signature = tpp.signature('/authorise', RIGHT);
      const headers = { 'content-type': 'application/json', authorization: tpp.basic(), 'x-jws-signature': signature };
      return tpp.request('/authorise?scope=aisp', { method: 'POST', headers, body: RIGHT });
    },
  },
  {
    rule: 'AUT-1',
    name: 'GET',
    expected: '405 method_not_allowed AUT-1',
    make: ({ tpp }) => tpp.request('/authorise', { headers: { 'x-jws-signature': tpp.signature('/authorise', '{}') } }),
  },
  members('AUT-2', 'a uuid of version 1', { uuid: 'c0fd407d-134b-1091-8e04-ab49a98db217' }),
  members('AUT-2', 'a uuid of another variant', { uuid: 'c0fd407d-134b-4091-ce04-ab49a98db217' }),
  members('AUT-2', 'a uuid without its hyphens', { uuid: UUID.replaceAll('-', '') }),
  members('AUT-2', 'a uuid that is no text', { uuid: 7 }),
  members('AUT-3', 'a scope in capitals', { scope: 'AISP' }),
  members('AUT-3', 'another scope', { scope: 'cbpii' }),
  members('AUT-3', 'both scopes', { scope: 'aisp pisp' }),
  {
    rule: 'AUT-3',
    name: 'accounts, with a consent for a payment',
    expected: '403 insufficient_scope AUT-3',
    make: async (bench) => bench.accounts({}, await bench.payer()),
  },
  {
    rule: 'AUT-3',
    name: 'a payment, with a consent for accounts',
    expected: '403 insufficient_scope AUT-3',
    make: async (bench) => bench.tpp.pay((await bench.connect()).access_token),
  },
  {
    rule: 'AUT-4',
    name: 'an intent that there is not',
    expected: '404',
    make: ({ send, tpp }) => send(new Request(`${tpp.options.authBase}/authorise/${UUID}`)),
  },
  {
    rule: 'AUT-4',
    name: 'the consent page with DELETE',
    expected: '405 method_not_allowed AUT-4',
    make: async (bench) => bench.send(new Request(await bench.location(), { method: 'DELETE' })),
  },
  press('a form of another site', 'accept', '403 forbidden AUT-4', { headers: { 'sec-fetch-site': 'cross-site' } }),
  press('a form of another origin', 'accept', '403 forbidden AUT-4', { headers: { origin: 'https://evil.example' } }),
  press('no decision', '', invalid('AUT-4')),
  press('JSON in place of the form', 'accept', '415 unsupported_media_type AUT-4', {
    headers: { 'content-type': 'application/json' },
  }),
  press('an account that the page does not offer', 'accept&account=1', invalid('AUT-4'), PISP),
  press('a persona that there is not', 'accept&persona=nobody', invalid('AUT-4')),
  press('a permission that there is not', 'accept&permissions=all:read', invalid('AUT-4')),
  press('no permission at all', 'accept&permissions=boxes', invalid('AUT-4')),
  press('acceptance: back with intent, uuid and code', 'accept', '303', { rule: 'RED-1' }),
  {
    rule: 'RED-2',
    name: 'a code after the PSU has declined',
    expected: '400 invalid_grant TOK-1',
    make: async (bench) => {
      const back = await bench.tpp.decide(await bench.location(), 'decline');
      return bench.exchange(back.get('authorisation_code') ?? '');
    },
  },
  {
    rule: 'RED-4',
    name: 'a second decision',
    expected: '409',
    make: async (bench) => {
      const location = await bench.location();
      await bench.tpp.press(location, 'decline');
      return bench.tpp.press(location, 'accept');
    },
  },
  {
    rule: 'RED-4',
    name: 'a prefetch, though sandbox_sca accepts at a visit',
    expected: '200',
    make: async (bench) => {
      const location = await bench.location(bench.environment === 'sandbox' ? { sandbox_sca: true } : {});
      return bench.send(new Request(location, { headers: { 'sec-purpose': 'prefetch' }, redirect: 'manual' }));
    },
  },
  {
    rule: 'PAY-6',
    name: 'a payment where the gateway has no member for it',
    expected: invalid('AUT-1'),
    make: ({ tpp }) => tpp.authorise({ scope: 'pisp', payment: PAYMENT }),
  },
  stated('a right payment', {}, '200'),
  stated('a payment with the scope aisp', { scope: 'aisp' }),
  stated('a payment that is no object', { payment: 'twelve pounds' }),
  stated('a payment with a wrong amount', { payment: { ...PAYMENT, Amount: '0' } }, invalid('PAY-1')),
  unlike('another amount than was stated', { Amount: '12.51' }),
  unlike('another payee than was stated', { BeneficiaryName: 'Someone' }),
  unlike('an account that was not stated', { AccountId: '23456789' }),
];

function latin1({ tpp }: Bench): Promise<Response> {
  const signature = tpp.signature('/authorise', RIGHT);
  const headers = { 'content-type': 'application/json', authorization: tpp.basic(), 'x-jws-signature': signature };
  const bytes = Buffer.from(RIGHT.replace('aisp', 'aïsp'), 'latin1');
  return tpp.request('/authorise', { method: 'POST', headers, body: bytes });
}
