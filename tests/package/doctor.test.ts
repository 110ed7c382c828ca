/** `tell-connect doctor`: each planted mistake is found by the check of its name, and by no other. */

import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { certificate } from '../rig/certificate.ts';
import { assertNoneIn } from '../rig/leaks.ts';
import { found, lines, madeByOpenssl, Practice, right, type Settings } from './doctor.ts';

const practice = new Practice();
after(() => practice.remove());

const PEM = { sandbox: madeByOpenssl(), production: madeByOpenssl() };
const sandbox = right('sandbox', PEM.sandbox);
const production = right('production', PEM.production);
const secrets: string[] = [];
/** What must be seen nowhere: secrets, keys, and a line of each certificate. */
const note = (settings: Settings): void => {
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

interface Mistake {
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

const twice = Buffer.alloc(32, 'ab').toString('base64');
const typed = Buffer.from('a passphrase that somebody typed').toString('base64');
const own = (settings: Settings, name: string): string => settings[name] ?? '';

const MISTAKES: readonly Mistake[] = [
  // Settings that the worker refuses at its start.
  { finds: 'environment fault', set: { TELL_ENVIRONMENT: 'staging' } },
  { finds: 'client-id fault', set: { TELL_CLIENT_ID: 'with:colon' } },
  { finds: 'client-secret fault', set: { TELL_CLIENT_SECRET: 'ends-with-a-line-end-0123\n' } },
  { finds: 'app fault', set: { TELL_APP: undefined } },
  { finds: 'aspsp fault', set: { TELL_ASPSP: 'pockit' } },
  { finds: 'resource-base-url fault', set: { TELL_RESOURCE_BASE_URL: undefined } },
  { finds: 'resource-base-url fault', in: 'production', set: { TELL_RESOURCE_BASE_URL: 'https://auth-sandbox.tell.money/v1' } },
  { finds: 'auth-base-url fault', set: { TELL_AUTH_BASE_URL: 'https://auth.tell.money/v1' } },
  { finds: 'redirect-url fault', in: 'production', set: { TELL_REDIRECT_URL: 'http://tpp.example/api/callback' } },
  { finds: 'redirect-url fault', set: { TELL_REDIRECT_URL: 'https://tpp.example/api/callback#done' } },
  { finds: 'certificate fault', set: { TELL_CERTIFICATE: undefined } },
  { finds: 'vault-key fault', set: { TELL_VAULT_KEY: undefined } },
  { finds: 'vault-key fault', set: { TELL_VAULT_KEY: randomBytes(16).toString('base64') } },
  { finds: 'vault-key fault', in: 'production', set: { TELL_VAULT_KEY: Buffer.alloc(32, 7).toString('base64') } },
  {
    finds: 'vault-key fault', in: 'production',
    set: { TELL_VAULT_KEY: [own(production, 'TELL_VAULT_KEY'), own(production, 'TELL_VAULT_KEY')].join(',') },
  },
  { finds: 'applications fault', set: { TELL_APPLICATIONS: '{}', TELL_APP: '', TELL_CERTIFICATE: '', TELL_REDIRECT_URL: '' } },
  { finds: 'payments fault', set: { TELL_PAYMENTS: 'yes' } },
  { finds: 'order-days fault', set: { TELL_ORDER_DAYS: '30' } },
  { finds: 'session-days fault', set: { TELL_SESSION_DAYS: 'long' } },
  { finds: 'jurisdiction fault', set: { TELL_JURISDICTION: 'uk' } },
  { finds: 'audit fault', set: { TELL_AUDIT: 'on' } },
  { finds: 'statistics-token fault', set: { TELL_STATISTICS_TOKEN: 'too short' } },
  { finds: 'profile fault', set: { TELL_PROFILE: '{"certificate":"utf-16"}' } },

  // The file.
  { finds: 'file-text warning', file: (text) => text.replaceAll('\n', '\r\n') },
  { finds: 'file-text warning', file: (text) => `\u{feff}${text}` },
  { finds: 'file-syntax fault', file: (text) => `${text}TELL_AUDIT\n` },
  { finds: 'file-syntax fault', file: (text) => `${text}OTHER="never closed\n` },
  { finds: 'file-duplicates warning', file: (text) => `${text}TELL_APP=app-8\n` },
  { finds: 'file-comment fault', file: (text) => text.replace(/^TELL_CLIENT_SECRET=.*/m, 'TELL_CLIENT_SECRET=before-0123456789#behind') },
  { finds: 'file-variable warning', file: (text) => text.replace(/^TELL_CLIENT_SECRET=.*/m, "TELL_CLIENT_SECRET='before-0123456789$behind'") },
  { finds: 'unknown-names warning', set: { TELL_SESSION_DAY: '30' } },
  { finds: 'bindings warning', set: { TELL_EVENTS: 'my-queue' } },
  {
    finds: 'unused warning',
    set: { TELL_APPLICATIONS: JSON.stringify([application('one', 'app-1')]), TELL_CERTIFICATE: '', TELL_REDIRECT_URL: '' },
  },
  {
    finds: 'setting-size fault', in: 'production', set: {
      TELL_APPLICATIONS: JSON.stringify(['one', 'two', 'three', 'four', 'five'].map((name) => application(name, `app-${name}`))),
      TELL_APP: '', TELL_CERTIFICATE: '', TELL_REDIRECT_URL: '',
    },
  },

  // Client id, secret, keys.
  { finds: 'credentials-distinct fault', set: { TELL_CLIENT_SECRET: own(sandbox, 'TELL_CLIENT_ID') } },
  { finds: 'credentials-space fault', set: { TELL_CLIENT_SECRET: ` ${own(sandbox, 'TELL_CLIENT_SECRET')}` } },
  { finds: 'placeholders fault', in: 'production', set: { TELL_CLIENT_ID: 'my-client' } },
  { finds: 'secrets-distinct fault', set: { TELL_CLIENT_SECRET: own(sandbox, 'TELL_VAULT_KEY') } },
  { finds: 'secrets-distinct fault', in: 'production', set: { TELL_STATISTICS_TOKEN: own(production, 'TELL_CLIENT_SECRET') } },
  { finds: 'vault-key-random fault', in: 'production', set: { TELL_VAULT_KEY: twice } },
  { finds: 'vault-key-random fault', in: 'production', set: { TELL_VAULT_KEY: typed } },
  {
    finds: 'vault-key-count warning',
    set: { TELL_VAULT_KEY: [1, 2, 3, 4].map(() => randomBytes(32).toString('base64')).join(',') },
  },
  { finds: 'statistics-token-set warning', in: 'production', set: { TELL_STATISTICS_TOKEN: undefined } },
  { finds: 'statistics-token-random fault', in: 'production', set: { TELL_STATISTICS_TOKEN: 'aaaaaaaaaaaaaaaa' } },
  { finds: 'payments-door warning', in: 'production', set: { TELL_PAYMENTS: undefined } },
  { finds: 'sandbox-sca fault', in: 'production', set: { SANDBOX_SCA: 'true' } },
  { finds: 'bank-known fault', set: { TELL_ASPSP: '00000000-0000-0000-0000-000000000000' } },
  {
    finds: 'applications-distinct warning', set: {
      TELL_APPLICATIONS: JSON.stringify([application('one', 'app-1'), application('two', 'app-1')]),
      TELL_APP: '', TELL_CERTIFICATE: '', TELL_REDIRECT_URL: '',
    },
  },

  // Where customers and requests go.
  { finds: 'redirect-public fault', in: 'production', set: { TELL_REDIRECT_URL: 'https://localhost:8787/api/callback' } },
  { finds: 'redirect-public fault', in: 'production', set: { TELL_REDIRECT_URL: 'https://192.168.1.20/api/callback' } },
  { finds: 'redirect-holding fault', in: 'production', set: { TELL_REDIRECT_URL: 'https://portal.tell.money/api/callback' } },
  { finds: 'redirect-parameters fault', set: { TELL_REDIRECT_URL: 'https://tpp.example/api/callback?uuid=1' } },
  { finds: 'redirect-query warning', in: 'production', set: { TELL_REDIRECT_URL: 'https://tpp.example/api/callback?own=1' } },
  { finds: 'base-public fault', in: 'production', set: { TELL_RESOURCE_BASE_URL: 'https://10.0.0.8/v1' } },
  { finds: 'base-public fault', in: 'production', set: { TELL_AUTH_BASE_URL: 'https://127.0.0.1:8788/v1' } },
  { finds: 'base-environment fault', in: 'production', set: { TELL_RESOURCE_BASE_URL: 'https://sandbox.bank.example/v1' } },
  { finds: 'base-environment warning', set: { TELL_RESOURCE_BASE_URL: 'https://api.live.bank.example/v1' } },
  { finds: 'base-version warning', set: { TELL_RESOURCE_BASE_URL: 'https://api.bank.example' } },
  { finds: 'base-slash warning', set: { TELL_RESOURCE_BASE_URL: 'https://api.bank.example/v1/' } },
  { finds: 'auth-base-own warning', in: 'production', set: { TELL_AUTH_BASE_URL: 'https://auth.bank.example/v1' } },

  // The certificate.
  { finds: 'certificate-private-key fault', set: { TELL_CERTIFICATE: PEM.sandbox + privateKey } },
  { finds: 'certificate-mark fault', set: { TELL_CERTIFICATE: `\u{feff}${PEM.sandbox}` } },
  { finds: 'certificate-escapes fault', file: (text) => text.replace(/^TELL_CERTIFICATE="(.*)"$/m, "TELL_CERTIFICATE='$1'") },
  { finds: 'certificate-line-ends warning', set: { TELL_CERTIFICATE: PEM.sandbox.replace('\n', '\r\n') } },
  { finds: 'certificate-final-newline warning', set: { TELL_CERTIFICATE: PEM.sandbox.trimEnd() } },
  { finds: 'certificate-final-newline warning', set: { TELL_CERTIFICATE: `${PEM.sandbox}\n` } },
  { finds: 'certificate-stray warning', set: { TELL_CERTIFICATE: `Certificate:\n${PEM.sandbox}` } },
  { finds: 'certificate-single warning', set: { TELL_CERTIFICATE: PEM.sandbox + PEM.production } },
  {
    finds: 'certificate-parses fault', in: 'production',
    set: { TELL_CERTIFICATE: PEM.sandbox.replace(/\n.{64}\n/, `\n${'A'.repeat(64)}\n`) },
  },
  { finds: 'certificate-begun fault', in: 'production', set: { TELL_CERTIFICATE: certificate({ from: 2 }) } },
  { finds: 'certificate-expiry fault', in: 'production', set: { TELL_CERTIFICATE: certificate({ from: -90, to: -2 }) } },
  { finds: 'certificate-expiry warning', in: 'production', set: { TELL_CERTIFICATE: certificate({ to: 20 }) } },
  { finds: 'certificate-key warning', in: 'production', set: { TELL_CERTIFICATE: certificate({ bits: 1024 }) } },

  // The other environment.
  { finds: 'other-environment fault', in: 'production', against: { ...right('production', PEM.sandbox), TELL_RESOURCE_BASE_URL: 'https://api.other.example/v1' } },
  ...[
    ['other-client-id fault', 'TELL_CLIENT_ID'], ['other-client-secret fault', 'TELL_CLIENT_SECRET'],
    ['other-certificate fault', 'TELL_CERTIFICATE'], ['other-vault-key fault', 'TELL_VAULT_KEY'],
    ['other-statistics-token fault', 'TELL_STATISTICS_TOKEN'], ['other-base fault', 'TELL_RESOURCE_BASE_URL'],
  ].map(([finds = '', name = '']): Mistake =>
    ({ finds, in: 'production', against: { ...sandbox, [name]: own(production, name) } })),
];

const changed = (settings: Settings, changes: Mistake['set'] = {}): Settings =>
  Object.fromEntries(Object.entries({ ...settings, ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined));

test('LIV-1: at least thirty checks have a planted mistake', () => {
  assert.ok(new Set(MISTAKES.map(({ finds }) => finds.split(' ')[0])).size >= 30);
});

for (const [at, mistake] of MISTAKES.entries()) {
  test(`LIV-1: a planted mistake is found by its check and no other (${at + 1}: ${mistake.finds})`, async () => {
    const settings = changed(mistake.in === 'production' ? production : sandbox, mistake.set);
    note(settings);
    if (mistake.against) note(mistake.against);
    const text = mistake.file?.(lines(settings)) ?? settings;
    const against = mistake.against && ['--against', practice.write('other.env', lines(mistake.against))];
    const report = await practice.report(text, '--offline', ...against ?? []);
    assert.deepEqual(found(report, 'fault', 'warning'), [mistake.finds]);
    assert.equal(report.code, mistake.finds.endsWith('fault') ? 1 : 0);
    assert.ok(mistake.finds.endsWith(report.verdict));
    assertNoneIn('the report', report.out + report.err, secrets);
  });
}

test('CFG-4: a file that others can read is warned of', async () => {
  const file = practice.write('open.env', lines(sandbox), 0o644);
  const { out, code } = await practice.run(['doctor', '--env', file, '--offline', '--json']);
  assert.deepEqual(found(JSON.parse(out), 'fault', 'warning'), ['file-mode warning']);
  assert.equal(code, 0);
});

test('CFG-4: bytes that are no UTF-8 are no settings', async () => {
  const report = await practice.report(Buffer.from([0xff, 0xfe, 0x54, 0]), '--offline');
  assert.ok(found(report, 'fault').includes('file-text fault'));
  assert.equal(report.code, 1);
});

test('LIV-1: a right configuration is sound without a warning, beside the other environment’s and from variables', async () => {
  const other = { sandbox: practice.write('production.env', lines(production)), production: practice.write('sandbox.env', lines(sandbox)) };
  for (const settings of [sandbox, production]) {
    const environment = settings === sandbox ? 'sandbox' : 'production';
    const report = await practice.report(settings, '--offline', '--against', other[environment]);
    assert.deepEqual(report.checks.filter(({ findings }) => findings.length > 0), []);
    assert.deepEqual([report.verdict, report.environment, report.code, report.err], ['ok', environment, 0, '']);
    const { out, code } = await practice.run(['doctor', '--offline', '--json'], settings);
    assert.deepEqual([(JSON.parse(out) as typeof report).verdict, code], ['ok', 0]);
  }
});

test('LIV-1: the words for a terminal say faults first, what to do next, and no secret; colours are for a terminal alone', async () => {
  const settings = { ...production, TELL_CLIENT_SECRET: own(production, 'TELL_CLIENT_ID'), TELL_SESSION_DAY: '3' };
  const file = practice.write('words.env', lines(settings));
  const { out, code } = await practice.run(['doctor', `--env=${file}`, '--offline']);
  const signs = out.split('\n').slice(1).map((line) => line.slice(0, 1)).join('').replace(/(.)\1*/g, '$1');
  assert.match(signs, /^✗!✓-/);
  assert.match(out, /^✗ credentials-distinct {2}TELL_CLIENT_SECRET: .*\(LIV-1\)$/m);
  assert.match(out, /^! unknown-names {2}TELL_SESSION_DAY: .*TELL_SESSION_DAYS.*$/m);
  assert.match(out, /1 check at fault, 1 warning, \d+ sound\. Correct what is at fault, then run it again\.\n$/);
  assert.ok(!out.includes('\u001b'));
  assert.equal(code, 1);
  note(settings);
});

test('LIV-1: a command that is called wrongly ends with 2 and says how it is called, and not what it was called with', async () => {
  const secret = 'a-secret-in-the-wrong-place';
  for (const args of [[], ['nurse'], ['doctor', '--nope', secret], ['doctor', secret], ['doctor', '--env'], ['toString']]) {
    const { out, err, code } = await practice.run(args);
    assert.deepEqual([out, code], ['', 2]);
    assert.match(err, /tell-connect (<command>|doctor \[--env FILE\])/);
    assert.ok(!err.includes(secret));
  }
  assert.equal((await practice.run(['doctor', '--env', 'not-there.env'])).code, 2);
  for (const args of [['--help'], ['doctor', '--help']]) {
    const { out, err, code } = await practice.run(args);
    assert.ok(out.includes('doctor') && err === '' && code === 0);
  }
});

test('ERR-2: nothing that was printed holds a secret, a key or a line of a certificate', () => {
  assert.ok(secrets.length > 50);
  assertNoneIn('what was printed', practice.heard(), secrets);
});
