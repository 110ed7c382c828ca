/** What a page may have: the browser-safe half of the suite. */

import { authoriseBody, inspectJws, newUuid, parseRedirect, ready, signingInput } from 'tell-connect';
import { allRefused, equal, ok, refused, untyped, type Case } from './check.ts';
import { GUIDE, POCKIT, RFC_7515_A1, SIGNED } from './guide.ts';
import { survives, survivesMembers } from './hostile.ts';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const UUID = 'c0fd407d-134b-4091-8e04-ab49a98db217';
const ASKED = { aspsp: POCKIT, scope: 'aisp', uuid: UUID, sandboxSca: true, environment: 'sandbox' } as const;
const TO_SIGN = { app: 'app-1', path: '/authorise', iat: 1_767_225_600, payload: '{"a":1}' } as const;
const BACK = 'https://tpp.example/callback?uuid=c0fd407d-134b-4091-8e04-ab49a98db217&intent-id=i-1';
const TOO_LARGE = `"${'a'.repeat(4 * 1024 * 1024)}"`;

const asking = (change: object) => () => authoriseBody({ ...ASKED, ...change });
const signing = (change: object) => () => signingInput({ ...TO_SIGN, ...change });
const reading = (query: string) => () => parseRedirect(`https://tpp.example/callback?${query}`);

export const coreSuite: readonly Case[] = [
  {
    name: 'ready: it can be awaited as often as one likes',
    async run() {
      await Promise.all([ready(), ready()]);
      equal(await ready(), undefined);
    },
  },
  {
    name: 'AUT-2: a new uuid is a version 4 UUID, and no two are alike',
    run() {
      const made = Array.from({ length: 200 }, () => newUuid());
      for (const uuid of made) ok(UUID_V4.test(uuid), uuid);
      equal(new Set(made).size, made.length);
    },
  },
  {
    name: 'AUT-1, ENV-4: the body of /authorise says what the guide’s example says, in its order',
    run() {
      const { uuid, body } = authoriseBody(ASKED);
      equal(uuid, UUID);
      equal(body, JSON.stringify(JSON.parse(GUIDE.authoriseRequest)));
      ok(!authoriseBody({ ...ASKED, environment: 'production' }).body.includes('sandbox_sca'), 'never in production');
      const fresh = authoriseBody({ ...ASKED, uuid: undefined, sandboxSca: undefined });
      ok(UUID_V4.test(fresh.uuid) && fresh.body.includes(fresh.uuid), 'a uuid is made where none is given');
      ok(fresh.body.endsWith('"sandbox_sca":false}'), fresh.body);
    },
  },
  {
    name: 'AUT-2, AUT-3, CFG-2: a body that the gateway would refuse is not made',
    run() {
      allRefused('scope_invalid', { none: asking({ scope: '' }), other: asking({ scope: 'AISP' }) });
      allRefused('environment_invalid', { none: asking({ environment: '' }), other: asking({ environment: 'live' }) });
      allRefused('aspsp_invalid', { none: asking({ aspsp: '' }), short: asking({ aspsp: POCKIT.slice(1) }) });
      allRefused('uuid_invalid', {
        'version 1': asking({ uuid: 'c0fd407d-134b-1091-8e04-ab49a98db217' }),
        braces: asking({ uuid: `{${UUID}}` }),
        'no hyphens': asking({ uuid: UUID.replaceAll('-', '') }),
      });
      allRefused('invalid_argument', {
        'no options': () => authoriseBody(untyped(undefined)),
        'no scope': asking({ scope: undefined }),
        'a number': asking({ uuid: 4 }),
        'a text for a flag': asking({ sandboxSca: 'false' }),
      });
    },
  },
  {
    name: 'JWS-1, JWS-2: the signing input is the header in the guide’s order and the payload as it was given',
    run() {
      const { app, path, iat, payload, token } = SIGNED;
      equal(signingInput({ app, path, iat, payload }), token.slice(0, token.lastIndexOf('.')));
    },
  },
  {
    name: 'JWS-3, JWS-4, JWS-5: what cannot be signed rightly is refused',
    run() {
      allRefused('path_invalid', {
        'a URL': signing({ path: 'https://host/v1/accounts' }),
        'no slash': signing({ path: 'accounts' }),
        'a version': signing({ path: '/v1/accounts' }),
        'a fragment': signing({ path: '/accounts#top' }),
        empty: signing({ path: '' }),
        dots: signing({ path: '/accounts/../payments' }),
      });
      allRefused('iat_invalid', {
        'a clock at 0': signing({ iat: 0 }),
        milliseconds: signing({ iat: 1_767_225_600_000 }),
        'a fraction': signing({ iat: 1_767_225_600.5 }),
        'a text': signing({ iat: '1767225600' }),
        none: signing({ iat: undefined }),
      });
      allRefused('app_invalid', { none: signing({ app: '' }), control: signing({ app: 'a\n' }) });
      allRefused('json_invalid', { 'a form': signing({ payload: 'a=b' }), 'a half': signing({ payload: '{"a":' }) });
      ok(signing({ payload: '['.repeat(99_999) + ']'.repeat(99_999) })() !== '', 'however deeply nested');
      refused('too_large', signing({ payload: TOO_LARGE }));
      refused('invalid_argument', signing({ payload: { a: 1 } }));
    },
  },
  {
    name: 'RED-1: the guide’s redirect is read, and so is one whose URL had a query of its own',
    run() {
      const expected = {
        outcome: 'authorised',
        intentId: 'a077e84b-a815-4ed3-81c0-8f85d55e7c47',
        uuid: UUID,
        code: '7cfa670a-959c-43d0-bedd-28d744233151',
      };
      equal(parseRedirect(GUIDE.redirectUrl), expected);
      const own = GUIDE.redirectUrl.replace('{{your redirect url}}?', 'tpp.example/cb?lang=en&').concat('&more=1#top');
      equal(parseRedirect(own), expected);
      equal(parseRedirect(new URL(own)), expected, 'of a URL object');
    },
  },
  {
    name: 'RED-2: without a code the customer declined',
    run() {
      for (const code of ['', '&authorisation_code=', '&authorisation_code=null', '&authorisation_code']) {
        equal(parseRedirect(BACK + code), { outcome: 'declined', intentId: 'i-1', uuid: UUID });
      }
    },
  },
  {
    name: 'RED-1, RED-2a: a redirect that could be read in two ways, or in none, is refused',
    run() {
      allRefused('redirect_parameter_missing', {
        both: reading(''),
        uuid: reading('intent-id=i'),
        'no query': () => parseRedirect('/'),
      });
      allRefused('redirect_parameter_repeated', {
        code: () => parseRedirect(`${BACK}&authorisation_code=a&authorisation_code=a`),
        'an escaped name': () => parseRedirect(`${BACK}&%75uid=${UUID}`),
      });
      allRefused('redirect_parameter_invalid', {
        uuid: reading('intent-id=i&uuid=4'),
        intent: reading(`intent-id=&uuid=${UUID}`),
        space: () => parseRedirect(`${BACK}&authorisation_code=a+b`),
        'no UTF-8': () => parseRedirect(`${BACK}&authorisation_code=%ff`),
        long: () => parseRedirect(`${BACK}&authorisation_code=${'a'.repeat(2049)}`),
      });
      refused('too_large', reading('a'.repeat(20_000)));
      refused('invalid_argument', () => parseRedirect(untyped(5)));
    },
  },
  {
    name: 'JWS-9: a token is taken apart as RFC 7515 A.1 writes it, and no other form is',
    run() {
      const { token, payload } = RFC_7515_A1;
      equal(inspectJws(token), { header: { typ: 'JWT', alg: 'HS256' }, payload, signature: token.split('.')[2] });
      allRefused('jws_malformed', {
        empty: () => inspectJws(''),
        'two parts': () => inspectJws('e30.e30'),
        'four parts': () => inspectJws('e30.e30.AA.AA'),
        padding: () => inspectJws('e30=.e30=.AA=='),
        'trailing bits': () => inspectJws('e30.e30.AB'),
        'white space': () => inspectJws(` ${token}`),
        'JSON serialisation': () => inspectJws('{"payload":"e30","protected":"e30","signature":"AA"}'),
        'a header that is a list': () => inspectJws('W10.e30.AA'),
        'a member twice': () => inspectJws('eyJhIjoxLCJhIjoyfQ.e30.AA'),
      });
      refused('too_large', () => inspectJws('a'.repeat(7 * 1024 * 1024)));
      refused('invalid_argument', () => inspectJws(untyped(null)));
    },
  },
  {
    name: 'AUT-2: without random bytes there is no uuid, and with them there is one again',
    run() {
      const failing = { configurable: true, value: () => { throw new Error('no entropy'); } };
      Object.defineProperty(crypto, 'getRandomValues', failing);
      try {
        refused('randomness_unavailable', () => newUuid());
        refused('randomness_unavailable', asking({ uuid: undefined }));
      } finally {
        Reflect.deleteProperty(crypto, 'getRandomValues');
      }
      ok(UUID_V4.test(newUuid()), 'the real one is back');
    },
  },
  {
    name: 'ERR-2: no argument of the browser-safe functions traps, and none spoils the next call',
    run() {
      const control = () => [authoriseBody(ASKED), signingInput(TO_SIGN), parseRedirect(BACK)];
      survivesMembers('authoriseBody', ASKED, Object.keys(ASKED), (options) => authoriseBody(options), control);
      survivesMembers('signingInput', TO_SIGN, Object.keys(TO_SIGN), (options) => signingInput(options), control);
      survives('parseRedirect', (url) => parseRedirect(url), control);
      survives('parseRedirect href', (href) => parseRedirect(untyped({ href })), control);
      survives('inspectJws', (token) => inspectJws(token), control);
    },
  },
  {
    name: 'ERR-2: errors quote nothing of what they were given',
    run() {
      const secret = 'hunter2-hunter2';
      const errors = [
        refused('scope_invalid', asking({ scope: secret })),
        refused('aspsp_invalid', asking({ aspsp: secret })),
        refused('path_invalid', signing({ path: secret })),
        refused('json_invalid', signing({ payload: secret })),
        refused('jws_malformed', () => inspectJws(secret)),
        refused('redirect_parameter_invalid', () => parseRedirect(`${BACK}&authorisation_code=${secret}%20`)),
      ];
      for (const error of errors) {
        ok(!`${error.message}${error.stack}${JSON.stringify(error)}`.includes(secret), `${error.code} tells it`);
      }
    },
  },
];
