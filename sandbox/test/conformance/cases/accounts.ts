/** ACC: account data is read, with the PSU present or not. */

import { read } from '../../support/tpp.ts';
import type { Bench } from '../bench.ts';
import type { Case } from '../case.ts';

const UNKNOWN_TOKEN = '401 invalid_token ACC-1';
const BAD_ADDRESS = '400 invalid_request ACC-1';
const LIST = '/accounts/12345678/transactions';
const NOBODY = {};

const NOT_PUBLIC = [
  ...['10.0.0.1', '100.64.0.1', '127.0.0.1', '169.254.1.1', '172.16.0.1', '192.168.0.1', '198.18.0.1', '224.0.0.1'],
  ...['::1', '::ffff:10.0.0.1', '2001::1', '4000::1', 'fc00::1', 'fe80::1', 'ff02::1'],
];

const authorization = (name: string, value: (bench: Bench, access: string) => string): Case => ({
  rule: 'ACC-1',
  name,
  expected: UNKNOWN_TOKEN,
  make: async (bench) => {
    const { access_token: access } = await bench.connect();
    return bench.accounts({ authorization: value(bench, access) }, access);
  },
});

const address = (name: string, value: string, expected = BAD_ADDRESS): Case => ({
  rule: 'ACC-1',
  name,
  expected,
  make: (bench) => bench.accounts({ 'x-user-ip': value }),
});

const get = (rule: string, name: string, path: string, expected: string, settings = {}): Case => ({
  rule,
  name,
  expected,
  settings,
  make: async ({ tpp }) => tpp.get(path, (await tpp.connect()).access_token),
});

const filter = (name: string, query: string, expected = '400 invalid_request ACC-3'): Case =>
  get('ACC-3', name, `${LIST}?${query}`, expected);

/** Asks so often without the PSU, and once more. */
async function unattended(tpp: Bench['tpp'], times: number, access: string, path = '/accounts'): Promise<Response> {
  for (let time = 0; time < times; time += 1) await tpp.get(path, access, NOBODY);
  return tpp.get(path, access, NOBODY);
}

/** The second page of the first list. */
async function secondPage({ tpp }: Bench, access: string, query = ''): Promise<URL> {
  const answer = await read<{ Links: { Next: string } }>(await tpp.get(LIST + query, access));
  return new URL(answer.Links.Next);
}

export const ACCOUNTS: readonly Case[] = [
  {
    rule: 'ACC-1',
    name: 'no Authorization header',
    expected: UNKNOWN_TOKEN,
    make: ({ tpp }) => tpp.request('/accounts', { headers: { 'x-jws-signature': tpp.signature('/accounts', '{}') } }),
  },
  authorization('an access token that nobody issued', () => 'Bearer made-up'),
  authorization('no access token', () => 'Bearer '),
  authorization('Basic credentials', ({ tpp }) => tpp.basic()),
  authorization('the token alone', (_, access) => access),
  authorization('the header twice', (_, access) => `Bearer ${access}, Bearer ${access}`),
  {
    rule: 'ACC-1',
    name: 'a refresh token in place of the access token',
    expected: UNKNOWN_TOKEN,
    make: async (bench) => bench.accounts({}, (await bench.connect()).refresh_token),
  },
  ...NOT_PUBLIC.map((value) => address(`an address that is not public: ${value}`, value)),
  address('no address', 'robin'),
  address('an empty address', ''),
  address('an address with a port', '203.0.113.1:443'),
  address('two addresses', '203.0.113.1, 203.0.113.2'),
  address('an octet above 255', '203.0.113.256'),
  address('an octet with a leading zero', '203.0.113.01'),
  address('an IPv6 address in brackets', '[2001:db8::1]'),
  address('a public IPv6 address', '2600::1', '200'),
  {
    rule: 'ACC-2',
    name: 'the fifth request of an endpoint in 24 hours without the PSU',
    expected: '429 too_many_requests ACC-2',
    make: async ({ tpp }) => unattended(tpp, 4, (await tpp.connect()).access_token),
  },
  {
    rule: 'ACC-2',
    name: 'the fifth, had there been four',
    expected: '200',
    make: async ({ tpp }) => unattended(tpp, 3, (await tpp.connect()).access_token),
  },
  {
    rule: 'ACC-2',
    name: 'the fifth request of an unknown account',
    expected: '429 too_many_requests ACC-2',
    make: async ({ tpp }) => unattended(tpp, 4, (await tpp.connect()).access_token, '/accounts/1'),
  },
  get('ACC-3', 'an account that there is not', '/accounts/1', '404 not_found ACC-3'),
  get('ACC-3', 'a resource that there is not', '/accounts/12345678/party', '404 not_found ACC-3'),
  get('ACC-3', 'another path', '/standing-orders', '404 not_found ACC-3'),
  get('ACC-3', 'another path, signed for a consent, where spelling counts', '/standing-orders', '404 not_found ACC-3', {
    SANDBOX_STRICT: 'true',
  }),
  {
    rule: 'ACC-3',
    name: 'POST',
    expected: '405 method_not_allowed ACC-3',
    make: ({ tpp }) => tpp.request('/accounts', { method: 'POST' }),
  },
  {
    rule: 'ACC-3',
    name: 'DELETE of an account',
    expected: '405 method_not_allowed ACC-3',
    make: ({ tpp }) => tpp.request('/accounts/12345678', { method: 'DELETE' }),
  },
  {
    rule: 'ACC-3',
    name: 'a resource that the PSU has not permitted',
    expected: '403 insufficient_scope ACC-3',
    make: async (bench) => {
      const { access_token: access } = await bench.connect({}, 'accept&permissions=accounts:read');
      return bench.tpp.get('/accounts/12345678/balance', access);
    },
  },
  filter('a beginning that is no date', 'fromBookingDateTime=yesterday'),
  filter('two beginnings', 'fromBookingDateTime=2026-06-01&fromBookingDateTime=2026-06-02'),
  filter('an end before the beginning', 'fromBookingDateTime=2026-06-02&toBookingDateTime=2026-06-01'),
  {
    rule: 'ACC-3',
    name: 'history of more than 90 days, later than 5 minutes after the exchange',
    expected: '403 history_limited ACC-3',
    make: async (bench) => {
      const { access_token: access } = await bench.connect();
      bench.wait(300);
      return bench.tpp.get(`${LIST}?fromBookingDateTime=2026-01-01`, access);
    },
  },
  get('ACC-6', 'dots in place of an account', '/accounts/%2e%2e/balance', '404 not_found ACC-3'),
  get('ACC-6', 'an account’s id with a slash in it', '/accounts/1234%2F5678', '404 not_found ACC-3'),
  get('ACC-8', 'a page that nobody named', `${LIST}?page=made-up`, '400 invalid_request ACC-8'),
  {
    rule: 'ACC-8',
    name: 'a page of another consent',
    expected: '400 invalid_request ACC-8',
    make: async (bench) => {
      const { search } = await secondPage(bench, (await bench.connect()).access_token);
      return bench.tpp.get(LIST + search, (await bench.connect()).access_token);
    },
  },
  {
    rule: 'ACC-8',
    name: 'a page with other filters than its walk',
    expected: '400 invalid_request ACC-8',
    make: async (bench) => {
      const { access_token: access } = await bench.connect();
      const { search } = await secondPage(bench, access);
      return bench.tpp.get(`${LIST}${search}&fromBookingDateTime=2026-06-01`, access);
    },
  },
  {
    rule: 'ACC-8',
    name: 'the pages of a fourth walk without the PSU',
    expected: '200',
    make: async (bench) => {
      const { access_token: access } = await bench.connect();
      const { search } = await secondPage(bench, access);
      await unattended(bench.tpp, 3, access, LIST);
      return bench.tpp.get(LIST + search, access, NOBODY);
    },
  },
];
