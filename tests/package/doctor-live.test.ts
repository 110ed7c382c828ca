/** `tell-connect doctor --live`: which readings a sandbox takes, in eight calls at most, and never of production. */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { DoctorReport } from '../../pkg/src/generated/core.ts';
import { certificate } from '../rig/certificate.ts';
import { KEYS, type Known, ReadingGateway, type Readings } from '../rig/gateway-readings.ts';
import { assertNoneIn } from '../rig/leaks.ts';
import { found, lines, Practice, right, type Run, type Settings } from './doctor.ts';

const practice = new Practice();
after(() => practice.remove());

const PEM = certificate();
/** What encoding changes. */
const SECRET = 'p/ss+w0rd%41 of=mine&8';
const ID = 'tpp~one/@2026';
const secrets = [SECRET, encodeURIComponent(SECRET), new URLSearchParams({ a: SECRET }).toString().slice(2)];

const USUAL: Readings = { certificate: 'as-is', basic: 'as-is', manner: 'words' };

interface Asked {
  readonly gateway: ReadingGateway;
  readonly report: DoctorReport & Run;
  readonly settings: Settings;
}

/** Has the doctor look at a gateway, with these settings in place of right ones. */
async function ask(readings: Readings, changes: Settings = {}, known: Partial<Known> = {}): Promise<Asked> {
  const application = { id: ID, secret: SECRET, app: 'app-7', pem: PEM, ...known };
  const gateway = await ReadingGateway.start(readings, application);
  try {
    const settings: Settings = {
      ...right('sandbox', application.pem), TELL_CLIENT_ID: application.id, TELL_CLIENT_SECRET: application.secret,
      TELL_AUTH_BASE_URL: gateway.base, TELL_RESOURCE_BASE_URL: gateway.base, ...changes,
    };
    const report = await practice.report(settings, '--live');
    const hidden = [...secrets, ...PEM.split('\n').slice(1, -2), settings['TELL_VAULT_KEY'] ?? ''];
    assertNoneIn('the report', report.out + report.err, hidden);
    assert.equal(report.calls, gateway.asked.length);
    assert.ok(gateway.asked.length <= 8, gateway.asked.join());
    assert.deepEqual(gateway.odd, []);
    return { gateway, report, settings };
  } finally {
    await gateway.stop();
  }
}

/** The readings that the line of the report sets. */
const line = ({ profile }: DoctorReport): unknown =>
  (profile === null ? {} : JSON.parse(/^TELL_PROFILE='(.*)'$/.exec(profile)?.[1] ?? 'null'));

/** What has to be set for a gateway, beside what is so by itself. */
const needed = ({ certificate, basic, signQuery = false, emptyPayload = 'object' }: Partial<Readings>): object => ({
  ...(certificate !== undefined && certificate !== 'as-is' && { certificate }),
  ...(basic !== undefined && basic !== 'as-is' && { basic }),
  ...(signQuery && { signQuery }),
  ...(emptyPayload !== 'object' && { emptyPayload }),
});

/** A certificate of which that reading is another text. */
const pemFor = (reading: keyof typeof KEYS): string =>
  (reading === 'lf' ? PEM.replaceAll('\n', '\r\n') : reading === 'final-newline' ? PEM.trimEnd() : PEM);

const certificates = Object.keys(KEYS) as (keyof typeof KEYS)[];
const basics = ['as-is', 'form-encoded'] as const;
const telling = ['oauth', 'words', 'signatureFirst', 'codes'] as const;
const silent = ['silent', 'invalidClient'] as const;

const gateways: Readings[] = certificates.flatMap((certificate) => basics.flatMap((basic) =>
  [...telling, ...silent].map((manner) => ({ certificate, basic, manner }))));
/** Ten pairs, eight calls, and not a word: the two least likely are left. */
const isLeft = ({ certificate, basic, manner }: Readings): boolean =>
  (silent as readonly string[]).includes(manner) && basic === 'form-encoded' && ['pem-body', 'der'].includes(certificate);

for (const readings of gateways.filter((readings) => !isLeft(readings))) {
  const { certificate, basic, manner } = readings;
  test(`JWS-10, JWS-8, BAS-1: a gateway's readings are found (${certificate}, ${basic}, ${manner})`, async () => {
    const { report } = await ask(readings, {}, { pem: pemFor(certificate) });
    assert.deepEqual(line(report), needed(readings));
    assert.deepEqual(found(report, 'fault'), Object.keys(needed(readings)).map((name) => `live-${name} fault`));
  });
}

test('JWS-10: what eight calls cannot find is named, and found when it is set', async () => {
  for (const readings of gateways.filter(isLeft)) {
    const { report } = await ask(readings);
    assert.deepEqual(found(report, 'fault'), ['live-call fault']);
    const problem = report.checks.find(({ name }) => name === 'live-call')?.findings[0]?.problem ?? '';
    const lines = [...problem.matchAll(/TELL_PROFILE='([^']*)'/g)].map(([, json = '']) => json);
    const right = lines.find((json) => JSON.stringify(needed(readings)) === json);
    assert.ok(lines.length <= 2 && right !== undefined, problem);
    const again = await ask(readings, { TELL_PROFILE: right });
    assert.deepEqual([found(again.report, 'fault'), line(again.report)], [[], {}]);
  }
});

test('JWS-10, BAS-1: credentials that encoding does not change are no question: every certificate is found', async () => {
  const plain = { id: 'tpp-1', secret: 'nothing-to-encode-0123' };
  for (const certificate of certificates) {
    for (const manner of silent) {
      const known = { ...plain, pem: pemFor(certificate) };
      const { report } = await ask({ certificate, basic: 'form-encoded', manner }, {}, known);
      assert.deepEqual(line(report), needed({ certificate }));
    }
  }
});

test('JWS-3, JWS-7, JWS-10: a query that is signed and an empty body are found where the gateway tells', async () => {
  for (const signQuery of [false, true]) {
    for (const emptyPayload of ['object', 'empty'] as const) {
      for (const manner of ['words', 'signatureFirst', 'codes'] as const) {
        const pair = { certificate: 'no-final-newline', basic: 'form-encoded' } as const;
        const readings: Readings = { ...pair, manner, signQuery, emptyPayload };
        // What is found first is set first, as its reader would do it.
        const first = await ask(readings);
        const { report } = await ask(readings, { TELL_PROFILE: JSON.stringify(line(first.report)) });
        assert.deepEqual({ ...line(first.report) as object, ...line(report) as object }, needed(readings), manner);
        const last = await ask(readings, { TELL_PROFILE: JSON.stringify(needed(readings)) });
        assert.deepEqual([found(last.report, 'fault', 'skipped'), last.report.profile], [[], null]);
      }
    }
  }
});

test('JWS-10: other readings of the profile stay in the line', async () => {
  const TELL_PROFILE = '{"readsAtOnce":4,"certificate":"crlf"}';
  const { report } = await ask({ certificate: 'der', basic: 'as-is', manner: 'words' }, { TELL_PROFILE });
  assert.deepEqual(line(report), { readsAtOnce: 4, certificate: 'der' });
});

test('JWS-10: a wrong secret and a wrong certificate are no reading, and say so', async () => {
  const told = async (changes: Settings): Promise<string> => {
    const { report } = await ask(USUAL, changes);
    assert.deepEqual([found(report, 'fault'), report.profile], [['live-call fault'], null]);
    return report.checks.find(({ name }) => name === 'live-call')?.findings[0]?.problem ?? '';
  };
  assert.match(await told({ TELL_CLIENT_SECRET: 'another-secret-0123' }), /does not know the client.*_CLIENT_SECRET/);
  assert.match(await told({ TELL_CERTIFICATE: certificate() }), /Compare client id, secret, app and certificate/);
});

test('ENV-5: production is never asked with a signed call', async () => {
  const gateway = await ReadingGateway.start(USUAL, { id: ID, secret: SECRET, app: 'app-7', pem: PEM });
  try {
    const file = practice.write('production.env', lines(right('production', PEM)));
    const run = await practice.run(['doctor', '--env', file, '--live', '--offline', '--json']);
    const report = JSON.parse(run.out) as DoctorReport;
    assert.deepEqual([found(report, 'fault'), report.calls, run.code], [['live-sandbox fault'], 0, 1]);
    assert.deepEqual(gateway.asked, []);
  } finally {
    await gateway.stop();
  }
});

test('CFG-3, LIV-1: a base is asked by a plain GET, not with --offline, and no further where it is silent', async () => {
  const plain: string[] = [];
  const gateway = await ReadingGateway.start(USUAL, { id: ID, secret: SECRET, app: 'app-7', pem: PEM });
  const { base } = gateway;
  const settings = { ...right('sandbox', PEM), TELL_AUTH_BASE_URL: base, TELL_RESOURCE_BASE_URL: base };
  gateway.heard((request) => plain.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`));
  const reached = await practice.report(settings);
  assert.deepEqual([found(reached, 'fault', 'warning'), plain], [[], ['GET /v1 ', 'GET /v1 ']]);
  assert.equal(reached.checks.find(({ name }) => name === 'clock')?.verdict, 'ok');
  await practice.report(settings, '--offline');
  assert.equal(plain.length, 2);
  await gateway.stop();
  const gone = await practice.report(settings, '--live');
  const expected = ['auth-reachable fault', 'resource-reachable fault', 'live-call skipped'];
  assert.deepEqual(found(gone, 'fault', 'skipped'), expected);
});
