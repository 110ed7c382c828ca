/** Signed requests for one application at one bank, and the bank's answers. */

import { Signer, Tpp, type SignedRequest, type TppOptions } from 'tell-connect/edge';
import { allRefused, equal, ok, refused, untyped, type Case } from './check.ts';
import { GUIDE, POCKIT } from './guide.ts';
import { survives, survivesMembers } from './hostile.ts';

const NOW = 1_767_225_600;
const OPTIONS: TppOptions = {
  environment: 'sandbox',
  clientId: 'tpp-client',
  clientSecret: 'S3cret:£%41+&=',
  app: 'app-1',
  certificate: 'the certificate’s text\n',
  aspsp: POCKIT,
  resourceBaseUrl: 'https://api-sandbox.bank.example/v1',
};
const PAYMENT = {
  PaymentType: 'FasterPayment', BeneficiaryName: 'A', SchemeName: 'SortCodeAccountNumber',
  BeneficiaryIdentification: '20000012345678', Amount: '1.00', Currency: 'GBP', Reference: 'r',
};
const READ = { method: 'GET', path: '/accounts', accessToken: 'access-1' } as const;
const tpp = new Tpp(OPTIONS);
const signer = new Signer({ app: OPTIONS.app, certificate: OPTIONS.certificate });

/** What RFC 7617 has before and after the colon, in UTF-8. */
const BASIC = btoa(String.fromCharCode(
  ...new TextEncoder().encode(`${OPTIONS.clientId}:${OPTIONS.clientSecret}`),
));

const make = (change: object) => () => new Tpp({ ...OPTIONS, ...change });
const resource = (change: object) => () => tpp.resource({ ...READ, ...change });

/** The headers but for the signature, which is checked for this path and payload. */
function checked({ headers }: SignedRequest, path: string, payload: string): Record<string, string> {
  const { 'x-jws-signature': signature = '', ...others } = headers;
  const verified = signer.verify(signature);
  equal([verified.header.path, verified.payload], [path, payload], 'what was signed');
  return others;
}

export const tppSuite: readonly Case[] = [
  {
    name: 'AUT-1, BAS-1, JWS-5: authorise signs the very bytes it sends',
    run() {
      const uuid = 'c0fd407d-134b-4091-8e04-ab49a98db217';
      const { request, ...rest } = tpp.authorise({ scope: 'aisp', uuid, sandboxSca: true });
      equal(rest, { uuid });
      equal([request.method, request.url], ['POST', 'https://auth-sandbox.tell.money/v1/authorise']);
      equal(request.body, JSON.stringify(JSON.parse(GUIDE.authoriseRequest)));
      const authorization = `Basic ${BASIC}`;
      const headers = { accept: 'application/json', authorization, 'content-type': 'application/json' };
      equal(checked(request, '/authorise', request.body ?? ''), headers);
      equal(new Request(request.url, request).headers.get('authorization'), authorization, 'what fetch makes of it');
    },
  },
  {
    name: 'TOK-1, REF-1, JWS-6: both grants are a form whose fields are signed as JSON',
    run() {
      const grants = [
        [tpp.exchange('co/de+1'), { grant_type: 'authorization_code', code: 'co/de+1' }],
        [tpp.refresh('r~1'), { grant_type: 'refresh_token', refresh_token: 'r~1' }],
      ] as const;
      for (const [request, fields] of grants) {
        const [body, payload] = [new URLSearchParams(fields).toString(), JSON.stringify(fields)];
        equal([request.method, request.url], ['POST', 'https://auth-sandbox.tell.money/v1/access-token']);
        equal(request.body, body);
        equal(checked(request, '/access-token', payload)['content-type'], 'application/x-www-form-urlencoded');
      }
    },
  },
  {
    name: 'PAY-1, JWS-5: a payment is checked, signed and sent byte for byte',
    run() {
      const payment = `${JSON.stringify(PAYMENT, null, 1)}\n`;
      const request = tpp.payment({ payment, accessToken: 'access-1' });
      equal([request.method, request.url], ['POST', 'https://api-sandbox.bank.example/v1/payments']);
      equal(request.body, payment);
      equal(checked(request, '/payments', payment)['authorization'], 'Bearer access-1');
      equal(tpp.payment({ payment: PAYMENT, accessToken: 'a' }).body, JSON.stringify(PAYMENT), 'an object');
      const faulty = { ...PAYMENT, Amount: '1e3', SchemeName: 'IBAN' };
      const { faults } = refused('payment_invalid', () => tpp.payment({ payment: faulty, accessToken: 'a' }));
      equal(faults?.map(({ setting }) => setting), ['BeneficiaryIdentification', 'Amount']);
      refused('json_invalid', () => tpp.payment({ payment: '[]', accessToken: 'a' }));
    },
  },
  {
    name: 'ACC-1, JWS-3, JWS-7: a read carries the token, the customer’s address, and {} signed for its empty body',
    run() {
      const request = tpp.resource({ ...READ, path: '/accounts/1/transactions?page=2', userIp: '203.0.113.7' });
      equal(request.url, `${OPTIONS.resourceBaseUrl}/accounts/1/transactions?page=2`);
      equal([request.method, 'body' in request], ['GET', false]);
      const headers = checked(request, '/accounts/1/transactions', '{}');
      equal(headers, { accept: 'application/json', authorization: 'Bearer access-1', 'x-user-ip': '203.0.113.7' });
      ok(!('x-user-ip' in tpp.resource(READ).headers), 'nobody present, no address');
      const body = '{"Amount":"1.10"}';
      const payment = tpp.resource({ ...READ, method: 'POST', path: '/payments', body });
      equal(payment.body, body);
      equal(checked(payment, '/payments', body)['content-type'], 'application/json');
    },
  },
  {
    name: 'JWS-7, BAS-1, JWS-3: a profile changes the readings it names',
    run() {
      const other = new Tpp({ ...OPTIONS, profile: { emptyPayload: 'empty', basic: 'form-encoded', signQuery: true } });
      const { headers } = other.resource({ ...READ, path: '/accounts?page=2' });
      const verified = signer.verify(headers['x-jws-signature'] ?? '');
      equal([verified.header.path, verified.payload], ['/accounts?page=2', '']);
      const basic = atob(other.exchange('c').headers['authorization']?.slice('Basic '.length) ?? '');
      equal(basic, 'tpp-client:S3cret%3A%C2%A3%2541%2B%26%3D');
    },
  },
  {
    name: 'AUT-4: the guide’s answer to authorise is read, and a location that is not the bank’s is refused',
    run() {
      const id = 'a077e84b-a815-4ed3-81c0-8f85d55e7c47';
      const location = `https://auth.tell.money/v1/authorise/${id}`;
      equal(tpp.readAuthorise(200, GUIDE.authoriseAnswer), { intentId: id, location });
      for (const foreign of [
        'https://evil.example/', 'http://auth.tell.money/', 'https://auth.tell.money.evil.example/',
        'https://auth.tell.money@evil.example/', 'https://auth.tell.money\\@evil.example/', 'javascript:alert(1)',
      ]) {
        const body = JSON.stringify({ 'intent-id': id, location: foreign });
        refused('location_refused', () => tpp.readAuthorise(200, body), foreign);
      }
      const own = new Tpp({ ...OPTIONS, profile: { locationHosts: ['bank.example'] } });
      const answer = '{"intent-id":"i","location":"https://bank.example/x"}';
      equal(own.readAuthorise(200, answer).location, 'https://bank.example/x');
    },
  },
  {
    name: 'TOK-3, TOK-4: the guide’s token answer is read',
    run() {
      const body = GUIDE.tokenAnswer.replace(/\{\{Your new (\w+) token\}\}/g, '"$1-1"');
      equal(sorted(tpp.readToken(200, body, NOW)), sorted({
        accessToken: 'access-1', refreshToken: 'refresh-1', tokenType: 'Bearer', expiresIn: 3600, expiresAt: NOW + 3600,
        scope: ['balance:read', 'product:read', 'accounts:read', 'beneficiaries:read'],
      }));
      const token = { access_token: 'a', token_type: 'bearer', expires_in: '60', scope: 'a b' };
      equal(sorted(tpp.readToken(200, JSON.stringify(token), NOW)), sorted({
        accessToken: 'a', tokenType: 'Bearer', expiresIn: 60, expiresAt: NOW + 60, scope: ['a', 'b'],
      }));
      equal(tpp.readToken(200, JSON.stringify({ ...token, expires_in: 99_999 }), NOW).expiresIn, 3600);
    },
  },
  {
    name: 'ERR-1: a refusal is kept as far as it says something, and what is no answer is told apart from it',
    run() {
      const body = '{"error":"invalid_grant","error_description":"spent"}';
      const { gateway } = refused('gateway_refused', () => tpp.readToken(400, body, NOW));
      equal(gateway, { status: 400, error: 'invalid_grant', errorDescription: 'spent' });
      const text = refused('gateway_refused', () => tpp.readAuthorise(503, '<h1>Down</h1>')).gateway;
      equal(text, { status: 503, text: '<h1>Down</h1>' });
      allRefused('gateway_bad_answer', {
        HTML: () => tpp.readAuthorise(200, '<html>'),
        empty: () => tpp.readAuthorise(200, ''),
        cut: () => tpp.readToken(200, '{"access_token":"a"', NOW),
        'another type': () => tpp.readToken(200, '{"access_token":"a","token_type":"mac"}', NOW),
      });
      refused('iat_invalid', () => tpp.readToken(200, '{}', 0));
      allRefused('invalid_argument', {
        'no status': () => tpp.readAuthorise(20, '{}'),
        'a text': () => tpp.readAuthorise(untyped('200'), '{}'),
        'an object': () => tpp.readAuthorise(200, untyped({})),
      });
    },
  },
  {
    name: 'ERR-2: a refusal that echoes our credentials is kept without them',
    run() {
      const echo = `you sent ${OPTIONS.clientSecret} and ${BASIC}`;
      const { gateway } = refused('gateway_refused', () => tpp.readToken(401, echo, NOW));
      ok(gateway?.text?.includes('you sent'), 'the rest is kept');
      for (const secret of [OPTIONS.clientSecret, BASIC]) ok(!gateway?.text?.includes(secret), 'a secret is kept');
    },
  },
  {
    name: 'CFG-4: a bad configuration tells every fault at once, each by its setting, and no value',
    run() {
      const faulty = { environment: 'live', clientId: 'a:b', clientSecret: 'hunter2\n', app: '', certificate: '',
        aspsp: '4', resourceBaseUrl: 'ftp://x', profile: { basic: 'hunter2' } };
      const error = refused('configuration_invalid', make(faulty));
      equal(error.faults?.map(({ setting }) => setting).toSorted(), Object.keys(faulty).toSorted());
      for (const { problem } of error.faults ?? []) ok(problem.length > 5 && !problem.includes('hunter2'), problem);
      ok(!`${error.stack}${JSON.stringify(error)}`.includes('hunter2'), 'a value is told');
      const missing = refused('configuration_invalid', () => new Tpp(untyped({})));
      equal(missing.faults?.length, 7, 'how many required settings there are');
      refused('configuration_invalid', make({ resourceBaseUrl: 'http://bank.example' }), 'CFG-3: plain http');
      refused('configuration_invalid', make({ authBaseUrl: 'https://auth.tell.money/v1' }), 'ENV-5: production');
      const cyclic: { basic?: unknown } = {};
      cyclic.basic = cyclic;
      refused('profile_invalid', make({ profile: cyclic }));
      refused('invalid_argument', () => new Tpp(untyped(null)));
    },
  },
  {
    name: 'AUT-2, AUT-3, ACC-1: a request that the gateway would refuse is not made',
    run() {
      refused('scope_invalid', () => tpp.authorise({ scope: untyped('cbpii') }));
      refused('uuid_invalid', () => tpp.authorise({ scope: 'aisp', uuid: '4' }));
      allRefused('token_invalid', {
        empty: () => tpp.exchange(''),
        'a space': () => tpp.exchange('a b'),
        'a header of its own': resource({ accessToken: 'a\r\nx-evil: 1' }),
      });
      refused('method_invalid', resource({ method: 'get' }));
      refused('path_invalid', resource({ path: 'https://evil.example/' }));
      const privates = ['10.0.0.1', '127.0.0.1', '::1', 'fe80::1', '203.0.113.7, 1.1.1.1', 'localhost', ''];
      for (const userIp of privates) {
        refused('user_ip_invalid', resource({ userIp }), userIp);
      }
      refused('json_invalid', resource({ method: 'POST', body: 'a=b' }));
      refused('too_large', resource({ method: 'POST', body: `"${'a'.repeat(4 * 1024 * 1024)}"` }));
      refused('invalid_argument', resource({ body: '{}' }), 'a GET with a body');
      refused('invalid_argument', () => tpp.exchange(untyped(undefined)));
    },
  },
  {
    name: 'ERR-2: no argument of a Tpp traps, and none spoils the next call',
    run() {
      const control = (): string[] => [tpp.resource(READ).url, tpp.exchange('c').body ?? ''];
      const all = { ...OPTIONS, authBaseUrl: 'https://auth.bank.example/v1', profile: {} };
      survivesMembers('new Tpp', all, Object.keys(all), (options) => new Tpp(options).exchange('c'), control);
      const asked = { scope: 'aisp', uuid: undefined, sandboxSca: false } as const;
      survivesMembers('authorise', asked, Object.keys(asked), (options) => tpp.authorise(options), control);
      survives('exchange', (code) => tpp.exchange(code), control);
      survives('refresh', (token) => tpp.refresh(token), control);
      const call = { ...READ, method: 'POST', userIp: undefined, body: '{}' } as const;
      survivesMembers('resource', call, Object.keys(call), (options) => tpp.resource(options), control);
      survives('readAuthorise status', (status) => tpp.readAuthorise(status, '{}'), control);
      survives('readAuthorise body', (body) => tpp.readAuthorise(200, body), control);
      survives('readToken status', (status) => tpp.readToken(status, '{}', NOW), control);
      survives('readToken body', (body) => tpp.readToken(200, body, NOW), control);
      survives('readToken now', (now) => tpp.readToken(200, '{}', now), control);
    },
  },
];

const sorted = (value: object): object => Object.fromEntries(Object.entries(value).toSorted());
