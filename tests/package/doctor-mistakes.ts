/** Settings that are right, and mistakes to plant in them, each with the check that has to find it. */

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { certificate } from '../rig/certificate.ts';
import { madeByOpenssl, right, type Settings } from './doctor.ts';

export const PEM = { sandbox: madeByOpenssl(), production: madeByOpenssl() };
export const sandbox = right('sandbox', PEM.sandbox);
export const production = right('production', PEM.production);
export const secrets: string[] = [];
/** What must be seen nowhere: secrets, keys, and a line of each certificate. */
export const note = (settings: Settings): void => {
  for (const name of ['TELL_CLIENT_ID', 'TELL_CLIENT_SECRET', 'TELL_VAULT_KEY', 'TELL_STATISTICS_TOKEN']) {
    const value = settings[name]?.trim() ?? '';
    if (value.length > 8) secrets.push(value);
  }
  secrets.push(...(settings['TELL_CERTIFICATE'] ?? '').split(/\r?\n|\\n/).filter((line) => line.length === 64));
};

const privateKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
secrets.push(privateKey.split('\n')[1] ?? '');

const application = (name: string, app: string): object =>
  ({ name, app, certificate: PEM.sandbox, redirectUrl: `https://${name}.example/api/callback` });

export interface Mistake {
  /** The check that finds it, and how bad it is. */
  readonly finds: string;
  /** In sandbox, unless said otherwise. */
  readonly in?: 'production';
  /** What is changed; `undefined` removes. */
  readonly set?: Readonly<Record<string, string | undefined>>;
  /** Or what the file becomes. */
  readonly file?: (text: string) => string | Uint8Array;
  /** The other environment's, to compare with. */
  readonly against?: Settings;
}

const FIVE = ['one', 'two', 'three', 'four', 'five'].map((name) => application(name, `app-${name}`));

const inSandbox = (finds: string, set: Mistake['set'] & {}): Mistake => ({ finds, set });
const inProduction = (finds: string, set: Mistake['set'] & {}): Mistake => ({ finds, in: 'production', set });
const inFile = (finds: string, file: Mistake['file'] & {}): Mistake => ({ finds, file });

const secretIs = (written: string) => (text: string): string =>
  text.replace(/^TELL_CLIENT_SECRET=.*/m, () => `TELL_CLIENT_SECRET=${written}`);

const KEY = production['TELL_VAULT_KEY'] ?? '';
const randomKeys = [1, 2, 3, 4].map(() => randomBytes(32).toString('base64'));
const unparsed = PEM.sandbox.replace(/\n.{64}\n/, `\n${'A'.repeat(64)}\n`);
/** In place of these, a list. */
const NO_SINGLE = { TELL_APP: '', TELL_CERTIFICATE: '', TELL_REDIRECT_URL: '' };

const twice = Buffer.alloc(32, 'ab').toString('base64');
const typed = Buffer.from('a passphrase that somebody typed').toString('base64');
export const own = (settings: Settings, name: string): string => settings[name] ?? '';

export const MISTAKES: readonly Mistake[] = [
  // Settings that the worker refuses at its start.
  inSandbox('environment fault', { TELL_ENVIRONMENT: 'staging' }),
  inSandbox('client-id fault', { TELL_CLIENT_ID: 'with:colon' }),
  inSandbox('client-secret fault', { TELL_CLIENT_SECRET: 'ends-with-a-line-end-0123\n' }),
  inSandbox('app fault', { TELL_APP: undefined }),
  inSandbox('aspsp fault', { TELL_ASPSP: 'pockit' }),
  inSandbox('resource-base-url fault', { TELL_RESOURCE_BASE_URL: undefined }),
  inProduction('resource-base-url fault', { TELL_RESOURCE_BASE_URL: 'https://auth-sandbox.tell.money/v1' }),
  inSandbox('auth-base-url fault', { TELL_AUTH_BASE_URL: 'https://auth.tell.money/v1' }),
  inProduction('redirect-url fault', { TELL_REDIRECT_URL: 'http://tpp.example/api/callback' }),
  inSandbox('redirect-url fault', { TELL_REDIRECT_URL: 'https://tpp.example/api/callback#done' }),
  inSandbox('certificate fault', { TELL_CERTIFICATE: undefined }),
  inSandbox('vault-key fault', { TELL_VAULT_KEY: undefined }),
  inSandbox('vault-key fault', { TELL_VAULT_KEY: randomBytes(16).toString('base64') }),
  inProduction('vault-key fault', { TELL_VAULT_KEY: Buffer.alloc(32, 7).toString('base64') }),
  inProduction('vault-key fault', { TELL_VAULT_KEY: `${KEY},${KEY}` }),
  inSandbox('applications fault', { TELL_APPLICATIONS: '{}', ...NO_SINGLE }),
  inSandbox('names fault', { TELL_BANK_NAME: 'B'.repeat(65) }),
  inSandbox('payments fault', { TELL_PAYMENTS: 'yes' }),
  inSandbox('order-days fault', { TELL_ORDER_DAYS: '30' }),
  inSandbox('session-days fault', { TELL_SESSION_DAYS: 'long' }),
  inSandbox('jurisdiction fault', { TELL_JURISDICTION: 'uk' }),
  inSandbox('audit fault', { TELL_AUDIT: 'on' }),
  inSandbox('statistics-token fault', { TELL_STATISTICS_TOKEN: 'too short' }),
  inSandbox('profile fault', { TELL_PROFILE: '{"certificate":"utf-16"}' }),

  // The file.
  inFile('file-text warning', (text) => text.replaceAll('\n', '\r\n')),
  inFile('file-text warning', (text) => `\u{feff}${text}`),
  inFile('file-syntax fault', (text) => `${text}TELL_AUDIT\n`),
  inFile('file-syntax fault', (text) => `${text}OTHER="never closed\n`),
  inFile('file-duplicates warning', (text) => `${text}TELL_APP=app-8\n`),
  inFile('file-comment fault', secretIs('before-0123456789#behind')),
  inFile('file-variable warning', secretIs("'before-0123456789$behind'")),
  inSandbox('unknown-names warning', { TELL_SESSION_DAY: '30' }),
  inSandbox('bindings warning', { TELL_EVENTS: 'my-queue' }),
  inSandbox('unused warning', { ...NO_SINGLE, TELL_APPLICATIONS: JSON.stringify([application('one', 'app-1')]), TELL_APP: 'app-1' }),
  inProduction('setting-size fault', {
      TELL_APPLICATIONS: JSON.stringify(FIVE),
      ...NO_SINGLE,
    }),

  // Client id, secret, keys.
  inSandbox('credentials-distinct fault', { TELL_CLIENT_SECRET: own(sandbox, 'TELL_CLIENT_ID') }),
  inSandbox('credentials-space fault', { TELL_CLIENT_SECRET: ` ${own(sandbox, 'TELL_CLIENT_SECRET')}` }),
  inProduction('placeholders fault', { TELL_CLIENT_ID: 'my-client' }),
  inSandbox('secrets-distinct fault', { TELL_CLIENT_SECRET: own(sandbox, 'TELL_VAULT_KEY') }),
  inProduction('secrets-distinct fault', { TELL_STATISTICS_TOKEN: own(production, 'TELL_CLIENT_SECRET') }),
  inProduction('vault-key-random fault', { TELL_VAULT_KEY: twice }),
  inProduction('vault-key-random fault', { TELL_VAULT_KEY: typed }),
  inSandbox('vault-key-count warning', { TELL_VAULT_KEY: randomKeys.join(',') }),
  inProduction('statistics-token-set warning', { TELL_STATISTICS_TOKEN: undefined }),
  inProduction('statistics-token-random fault', { TELL_STATISTICS_TOKEN: 'aaaaaaaaaaaaaaaa' }),
  inProduction('payments-door warning', { TELL_PAYMENTS: undefined }),
  inProduction('sandbox-sca fault', { SANDBOX_SCA: 'true' }),
  inSandbox('bank-known fault', { TELL_ASPSP: '00000000-0000-0000-0000-000000000000' }),
  inSandbox('applications-distinct warning', {
      TELL_APPLICATIONS: JSON.stringify([application('one', 'app-1'), application('two', 'app-1')]),
      ...NO_SINGLE,
    }),

  // Where customers and requests go.
  inProduction('redirect-public fault', { TELL_REDIRECT_URL: 'https://localhost:8787/api/callback' }),
  inProduction('redirect-public fault', { TELL_REDIRECT_URL: 'https://192.168.1.20/api/callback' }),
  inProduction('redirect-holding fault', { TELL_REDIRECT_URL: 'https://portal.tell.money/api/callback' }),
  inSandbox('redirect-parameters fault', { TELL_REDIRECT_URL: 'https://tpp.example/api/callback?uuid=1' }),
  inProduction('redirect-query warning', { TELL_REDIRECT_URL: 'https://tpp.example/api/callback?own=1' }),
  inProduction('base-public fault', { TELL_RESOURCE_BASE_URL: 'https://10.0.0.8/v1' }),
  inProduction('base-public fault', { TELL_AUTH_BASE_URL: 'https://127.0.0.1:8788/v1' }),
  inProduction('base-environment fault', { TELL_RESOURCE_BASE_URL: 'https://sandbox.bank.example/v1' }),
  inSandbox('base-environment warning', { TELL_RESOURCE_BASE_URL: 'https://api.live.bank.example/v1' }),
  inSandbox('base-version warning', { TELL_RESOURCE_BASE_URL: 'https://api.bank.example' }),
  inSandbox('base-slash warning', { TELL_RESOURCE_BASE_URL: 'https://api.bank.example/v1/' }),
  inProduction('auth-base-own warning', { TELL_AUTH_BASE_URL: 'https://auth.bank.example/v1' }),

  // The certificate.
  inSandbox('certificate-private-key fault', { TELL_CERTIFICATE: PEM.sandbox + privateKey }),
  inSandbox('certificate-mark fault', { TELL_CERTIFICATE: `\u{feff}${PEM.sandbox}` }),
  inFile('certificate-escapes fault', (text) => text.replace(/^TELL_CERTIFICATE="(.*)"$/m, "TELL_CERTIFICATE='$1'")),
  inSandbox('certificate-line-ends warning', { TELL_CERTIFICATE: PEM.sandbox.replace('\n', '\r\n') }),
  inSandbox('certificate-final-newline warning', { TELL_CERTIFICATE: PEM.sandbox.trimEnd() }),
  inSandbox('certificate-final-newline warning', { TELL_CERTIFICATE: `${PEM.sandbox}\n` }),
  inSandbox('certificate-stray warning', { TELL_CERTIFICATE: `Certificate:\n${PEM.sandbox}` }),
  inSandbox('certificate-single warning', { TELL_CERTIFICATE: PEM.sandbox + PEM.production }),
  inProduction('certificate-parses fault', { TELL_CERTIFICATE: unparsed }),
  inProduction('certificate-begun fault', { TELL_CERTIFICATE: certificate({ from: 2 }) }),
  inProduction('certificate-expiry fault', { TELL_CERTIFICATE: certificate({ from: -90, to: -2 }) }),
  inProduction('certificate-expiry warning', { TELL_CERTIFICATE: certificate({ to: 20 }) }),
  inProduction('certificate-key warning', { TELL_CERTIFICATE: certificate({ bits: 1024 }) }),

  // The other environment.
  {
    finds: 'other-environment fault', in: 'production',
    against: { ...right('production', PEM.sandbox), TELL_RESOURCE_BASE_URL: 'https://api.other.example/v1' },
  },
  ...[
    ['other-client-id fault', 'TELL_CLIENT_ID'], ['other-client-secret fault', 'TELL_CLIENT_SECRET'],
    ['other-certificate fault', 'TELL_CERTIFICATE'], ['other-vault-key fault', 'TELL_VAULT_KEY'],
    ['other-statistics-token fault', 'TELL_STATISTICS_TOKEN'], ['other-base fault', 'TELL_RESOURCE_BASE_URL'],
  ].map(([finds = '', name = '']): Mistake =>
    ({ finds, in: 'production', against: { ...sandbox, [name]: own(production, name) } })),
];
