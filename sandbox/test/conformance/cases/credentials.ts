/** CFG, ENV and BAS: who calls, and which of the two banks. */

import { ASPSP, UUID } from '../../support/tpp.ts';
import type { Bench } from '../bench.ts';
import { type Case, STRICT } from '../case.ts';
import { CERTIFICATE_LIFE, asPispAlone, registered, unreleased } from '../registered.ts';

const NO_CLIENT = '401 invalid_client BAS-1';

/** A right call to `/authorise` but for its credentials. */
async function withBasic({ tpp }: Bench, authorization: string): Promise<Response> {
  const sca = tpp.options.environment === 'production' ? {} : { sandbox_sca: false };
  const body = JSON.stringify({ aspsp: ASPSP, uuid: UUID, scope: 'aisp', ...sca });
  return tpp.post('/authorise', body, { 'content-type': 'application/json', authorization });
}

const basic = (name: string, authorization: (bench: Bench) => string, settings = {}): Case => ({
  rule: 'BAS-1',
  name,
  expected: NO_CLIENT,
  settings,
  make: (bench) => withBasic(bench, authorization(bench)),
});

const encoded = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

export const CREDENTIALS: readonly Case[] = [
  {
    rule: 'CFG-1',
    name: 'the application of another TPP than the credentials',
    expected: '401 invalid_client CFG-1',
    make: async (bench) => (await registered(bench)).with({ app: 'app-one' }).authorise(),
  },
  {
    rule: 'CFG-1',
    name: 'a certificate that this application does not have',
    expected: '401 invalid_signature JWS-8',
    make: async (bench) => (await registered(bench)).with({ certificate: 'of another application' }).authorise(),
  },
  {
    rule: 'CFG-1',
    name: 'a right call of a TPP that has registered at the portal',
    expected: '200',
    make: async (bench) => (await registered(bench)).authorise(),
  },
  {
    rule: 'CFG-1',
    name: 'a scope for which the TPP is not registered with its authority',
    expected: { sandbox: '200', production: '403 unauthorized_client CFG-1' },
    make: async (bench) => {
      const tpp = await registered(bench);
      asPispAlone(bench);
      return tpp.authorise();
    },
  },
  {
    rule: 'LIV-1',
    name: 'a certificate that has ended',
    expected: { sandbox: '200', production: '401 invalid_signature LIV-1' },
    make: async (bench) => {
      const tpp = await registered(bench);
      bench.clock.now += CERTIFICATE_LIFE;
      return tpp.authorise();
    },
  },
  {
    rule: 'CFG-2',
    name: 'the aspsp of another bank',
    expected: '400 invalid_request CFG-2',
    make: ({ tpp }) => tpp.authorise({ aspsp: UUID }),
  },
  {
    rule: 'CFG-2',
    name: 'an aspsp that is no text',
    expected: '400 invalid_request CFG-2',
    make: ({ tpp }) => tpp.authorise({ aspsp: 7 }),
  },
  {
    rule: 'CFG-4',
    name: 'any call, where the gateway’s own settings are wrong',
    expected: '500 configuration_invalid CFG-4',
    settings: { SANDBOX_ASPSP: 'none' },
    make: ({ tpp }) => tpp.authorise(),
  },
  {
    rule: 'ENV-2',
    name: 'a code of 61 seconds',
    expected: { sandbox: '200', production: '400 invalid_grant TOK-2' },
    make: (bench) => lateCode(bench, 61),
  },
  {
    rule: 'ENV-2',
    name: 'a code of 59 seconds',
    expected: '200',
    make: (bench) => lateCode(bench, 59),
  },
  {
    rule: 'ENV-2',
    name: 'a code of 10 minutes',
    expected: '400 invalid_grant TOK-2',
    make: (bench) => lateCode(bench, 600),
  },
  {
    rule: 'ENV-3',
    name: 'a uuid that came before',
    expected: { sandbox: '200', production: '400 invalid_request ENV-3' },
    make: async ({ tpp }) => {
      await tpp.authorise();
      return tpp.authorise();
    },
  },
  {
    rule: 'ENV-4',
    name: 'sandbox_sca that is no boolean',
    expected: { sandbox: '400 invalid_request ENV-4', production: '200' },
    make: ({ tpp }) => tpp.authorise({ sandbox_sca: 'true' }),
  },
  {
    rule: 'ENV-4',
    name: 'sandbox_sca, where order and spelling count',
    expected: { sandbox: '200', production: '400 invalid_request ENV-4' },
    settings: STRICT,
    make: ({ tpp }) => tpp.authorise({ sandbox_sca: false }),
  },
  {
    rule: 'ENV-4',
    name: 'sandbox_sca true: accepted at the first visit in sandbox, ignored in production',
    expected: { sandbox: '303', production: '200' },
    make: async (bench) => bench.send(new Request(await bench.location({ sandbox_sca: true }), { redirect: 'manual' })),
  },
  {
    rule: 'ENV-5',
    name: 'credentials of the other environment',
    expected: NO_CLIENT,
    make: async (bench) => (await registered(bench, bench.other().environment)).authorise(),
  },
  {
    rule: 'ENV-5',
    name: 'an application that is not released into production',
    expected: { sandbox: '200', production: '401 invalid_signature JWS-2' },
    make: async (bench) => (await unreleased(bench)).authorise(),
  },
  {
    rule: 'ENV-5',
    name: 'an access token of the other environment',
    expected: '401 invalid_token ACC-1',
    make: async (bench) => bench.accounts({}, (await bench.other().connect()).access_token),
  },
  {
    rule: 'ENV-5',
    name: 'a refresh token of the other environment',
    expected: '400 invalid_grant REF-1',
    make: async (bench) => bench.tpp.refresh((await bench.other().connect()).refresh_token),
  },
  {
    rule: 'ENV-5',
    name: 'a code of the other environment',
    expected: '400 invalid_grant TOK-1',
    make: async (bench) => bench.exchange(await bench.other().code()),
  },
  {
    rule: 'BAS-1',
    name: 'no Authorization header',
    expected: NO_CLIENT,
    make: ({ tpp }) => {
      const signature = tpp.signature('/authorise', '{}');
      const headers = { 'content-type': 'application/json', 'x-jws-signature': signature };
      return tpp.request('/authorise', { method: 'POST', headers, body: '{}' });
    },
  },
  basic('Bearer in place of Basic', ({ tpp }) => tpp.basic().replace('Basic', 'Bearer')),
  basic('two spaces', ({ tpp }) => tpp.basic().replace(' ', '  ')),
  basic('the scheme in lower case, where spelling counts', ({ tpp }) => tpp.basic().toLowerCase(), STRICT),
  basic('the header twice', ({ tpp }) => `${tpp.basic()}, ${tpp.basic()}`),
  basic('no base64', () => 'Basic sample-tpp:123'),
  basic('base64 without its padding', () => encoded('sample-tpp:test:123').replace(/=+$/, '')),
  basic('base64url', () => encoded('sample-tpp:>>>???>>>').replaceAll('/', '_').replaceAll('+', '-')),
  basic('text that is no UTF-8', () => `Basic ${Buffer.from('sample-tpp:test:123£', 'latin1').toString('base64')}`),
  basic('no colon between the two', () => encoded('sample-tpp')),
  basic('an unknown client_id', ({ tpp: { options } }) => encoded(`other:${options.clientSecret}`)),
  basic('a wrong client_secret', () => encoded('sample-tpp:wrong')),
  basic('a client_secret with a line end', ({ tpp: { options } }) => encoded(`sample-tpp:${options.clientSecret}\n`)),
  basic('client_id:client:client_secret', ({ tpp: { options } }) =>
    encoded(`sample-tpp:client:${options.clientSecret}`)),
  basic('both parts form-encoded', ({ tpp: { options } }) =>
    encoded([options.clientId, options.clientSecret].map(encodeURIComponent).join(':'))),
  {
    rule: 'BAS-1',
    name: 'wrong credentials on /access-token',
    expected: NO_CLIENT,
    make: async (bench) => bench.tpp.with({ clientSecret: 'wrong' }).token({ grant_type: 'refresh_token' }),
  },
];

async function lateCode(bench: Bench, seconds: number): Promise<Response> {
  const code = await bench.code();
  bench.wait(seconds);
  return bench.exchange(code);
}
