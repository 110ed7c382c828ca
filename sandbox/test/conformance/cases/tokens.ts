/** TOK, REF and REV: codes and tokens, how long they live, and who may use them. */

import { CONSENT_LIFE } from '../../../src/life.ts';
import { type Tokens, read } from '../../support/tpp.ts';
import type { Bench } from '../bench.ts';
import { type Case, STRICT } from '../case.ts';

const invalid = (rule: string): string => `400 invalid_request ${rule}`;
const refused = (rule: string): string => `400 invalid_grant ${rule}`;
const UNKNOWN_TOKEN = '401 invalid_token ACC-1';
const CODE = { grant_type: 'authorization_code' };
const REFRESH = { grant_type: 'refresh_token' };
const NINETY_DAYS = CONSENT_LIFE / 1000;

type Form = Record<string, string>;

/** A rightly signed call with these fields. */
function fields(rule: string, name: string, form: Form, expected = invalid(rule), settings = {}): Case {
  return { rule, name, expected, settings, make: ({ tpp }) => tpp.token(form) };
}

/** A form as this text, which is refused before its signature is looked at. */
const text = (name: string, body: string | Uint8Array, expected = invalid('TOK-1'), type?: string): Case => ({
  rule: 'TOK-1',
  name,
  expected,
  make: ({ tpp }) => {
    const headers = {
      'content-type': type ?? 'application/x-www-form-urlencoded',
      authorization: tpp.basic(),
      'x-jws-signature': tpp.signature('/access-token', '{}'),
    };
    return tpp.request('/access-token', { method: 'POST', headers, body });
  },
});

function exchange(rule: string, name: string, code: (bench: Bench) => Promise<string>, settings = {}): Case {
  return { rule, name, expected: refused(rule), settings, make: async (bench) => bench.exchange(await code(bench)) };
}

function refresh(rule: string, name: string, token: (bench: Bench) => Promise<string>, settings = {}): Case {
  const make = async (bench: Bench) => bench.tpp.refresh(await token(bench));
  return { rule, name, expected: refused('REF-1'), settings, make };
}

function access(rule: string, name: string, token: (bench: Bench) => Promise<string>): Case {
  return { rule, name, expected: UNKNOWN_TOKEN, make: async (bench) => bench.accounts({}, await token(bench)) };
}

/** The refresh token of a consent that the PSU has since withdrawn, and its access token. */
async function withdrawn({ tpp }: Bench): Promise<Tokens> {
  const tokens = await tpp.connect();
  await tpp.press(tokens.location, 'withdraw');
  return tokens;
}

/** Tokens of a consent that has lasted for so many seconds, refreshed a minute before. */
async function aged(bench: Bench, seconds: number): Promise<Tokens> {
  const { refresh_token: first } = await bench.connect();
  bench.wait(seconds - 60);
  const tokens = await read<Tokens>(await bench.tpp.refresh(first));
  bench.wait(60);
  return tokens;
}

export const TOKENS: readonly Case[] = [
  fields('TOK-1', 'no field', {}),
  fields('TOK-1', 'another grant_type', { grant_type: 'password' }, '400 unsupported_grant_type TOK-1'),
  fields('TOK-1', 'no code', CODE),
  fields('TOK-1', 'an empty code', { ...CODE, code: '' }),
  fields('TOK-1', 'a field of another grant', { ...CODE, code: 'x', username: 'robin' }),
  fields('TOK-1', 'another order, where order counts', { code: 'x', ...CODE }, invalid('TOK-1'), STRICT),
  text('a field twice', 'grant_type=authorization_code&code=x&code=y'),
  text('a percent sign that begins no byte', 'grant_type=authorization_code&code=50%'),
  text('bytes that are no UTF-8', new Uint8Array([0xff])),
  text('JSON', JSON.stringify({ ...CODE, code: 'x' }), '415 unsupported_media_type TOK-1', 'application/json'),
  text('more than 64 KiB', `grant_type=authorization_code&code=${'x'.repeat(65_536)}`, '413 body_too_large TOK-1'),
  {
    rule: 'TOK-1',
    name: 'a query',
    expected: invalid('TOK-1'),
    make: ({ tpp }) => tpp.post('/access-token?code=x', 'grant_type=x', { authorization: tpp.basic() }),
  },
  {
    rule: 'TOK-1',
    name: 'GET',
    expected: '405 method_not_allowed TOK-1',
    make: ({ tpp }) => tpp.request('/access-token', {}),
  },
  exchange('TOK-1', 'a code that nobody issued', async () => 'made-up'),
  exchange('TOK-1', 'a code that was used', async (bench) => (await bench.connect()).code),
  exchange('TOK-1', 'a refresh token in place of the code', async (bench) => (await bench.connect()).refresh_token),
  {
    rule: 'TOK-1',
    name: 'the code of another application',
    expected: refused('TOK-1'),
    make: async (bench) => bench.tpp.with({ app: 'app-two' }).token({ ...CODE, code: await bench.code() }),
  },
  exchange('TOK-2', 'a code that is too old', async (bench) => {
    const code = await bench.code();
    bench.wait(600);
    return code;
  }),
  {
    rule: 'TOK-3',
    name: 'an access token after its expires_in',
    expected: UNKNOWN_TOKEN,
    make: async (bench) => {
      const { access_token: token, expires_in: seconds } = await bench.connect();
      bench.wait(seconds);
      return bench.accounts({}, token);
    },
  },
  {
    rule: 'TOK-3',
    name: 'an access token a second before',
    expected: '200',
    make: async (bench) => {
      const { access_token: token, expires_in: seconds } = await bench.connect();
      bench.wait(seconds - 1);
      return bench.accounts({}, token);
    },
  },
  fields('REF-1', 'no refresh token', REFRESH),
  fields('REF-1', 'an empty refresh token', { ...REFRESH, refresh_token: '' }),
  fields('REF-1', 'a field of another grant', { ...REFRESH, refresh_token: 'x', code: 'y' }),
  refresh('REF-1', 'a refresh token that nobody issued', async () => 'made-up'),
  refresh('REF-1', 'a refresh token that was replaced', async ({ tpp }) => {
    const { refresh_token: token } = await tpp.connect();
    await tpp.refresh(token);
    return token;
  }),
  refresh('REF-1', 'an access token in its place', async (bench) => (await bench.connect()).access_token),
  refresh('REF-1', 'a code in its place', (bench) => bench.code()),
  refresh('REF-1', 'the refresh token after 90 days', async (bench) => (await aged(bench, NINETY_DAYS)).refresh_token),
  {
    rule: 'REF-1',
    name: 'the refresh token of another application',
    expected: refused('REF-1'),
    make: async ({ tpp }) => tpp.with({ app: 'app-two' }).refresh((await tpp.connect()).refresh_token),
  },
  {
    rule: 'REF-2',
    name: 'two refreshes of a consent at once: one is answered',
    expected: refused('REF-1'),
    make: async ({ tpp }) => {
      const { refresh_token: token } = await tpp.connect();
      const answers = await Promise.all([tpp.refresh(token), tpp.refresh(token)]);
      return worst(answers);
    },
  },
  {
    rule: 'REF-3',
    name: 'the same refresh again, its answer lost, where the bank gives it again for a while',
    expected: '200',
    settings: { SANDBOX_ROTATION: 'grace' },
    make: async ({ tpp }) => {
      const { refresh_token: token } = await tpp.connect();
      await tpp.refresh(token);
      return tpp.refresh(token);
    },
  },
  refresh('REF-3', 'the same refresh after that while', async (bench) => {
    const { refresh_token: token } = await bench.connect();
    await bench.tpp.refresh(token);
    bench.wait(60);
    return token;
  }, { SANDBOX_ROTATION: 'grace' }),
  access('REV-1', 'an access token of a withdrawn consent', async (bench) => (await withdrawn(bench)).access_token),
  refresh('REV-1', 'a refresh token of a withdrawn consent', async (bench) => (await withdrawn(bench)).refresh_token),
  {
    rule: 'CON-1',
    name: 'an earlier consent, once a later one is connected',
    expected: '200',
    make: async (bench) => {
      const { access_token: earlier } = await bench.connect();
      await bench.connect();
      return bench.accounts({}, earlier);
    },
  },
  access('REF-1', 'the access token after 90 days', async (bench) => (await aged(bench, NINETY_DAYS)).access_token),
];

/** The refusal among these answers, whichever came first. */
export function worst(answers: readonly Response[]): Response {
  return answers.toSorted((left, right) => right.status - left.status)[0] as Response;
}
