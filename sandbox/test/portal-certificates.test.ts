import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { startBoth, tppAt } from './support/both.ts';
import { ONE, TWO, VALID_FROM } from './support/certificates.ts';
import {
  type Certificate,
  type Credentials,
  PortalApi,
  REDIRECT,
  completeJourney,
  makeReady,
} from './support/portal.ts';
import { read, refusal } from './support/tpp.ts';

const HOUR = 3600;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

const KEPT: Record<string, { data: Uint8Array; lineEnds: string; finalNewline: boolean; byteOrderMark?: boolean }> = {
  'as openssl writes it': { data: bytes(ONE), lineEnds: 'LF', finalNewline: true },
  'CRLF': { data: bytes(ONE.replaceAll('\n', '\r\n')), lineEnds: 'CRLF', finalNewline: true },
  'CR': { data: bytes(ONE.replaceAll('\n', '\r')), lineEnds: 'CR', finalNewline: true },
  'mixed line ends': { data: bytes('a\r\nb\nc\r'), lineEnds: 'mixed', finalNewline: true },
  'a byte order mark': { data: bytes(`\ufeff${ONE}`), lineEnds: 'LF', finalNewline: true, byteOrderMark: true },
  'no final newline': { data: bytes(ONE.trimEnd()), lineEnds: 'LF', finalNewline: false },
  'spaces around': { data: bytes(`  ${ONE} \n\n`), lineEnds: 'LF', finalNewline: true },
  'NUL': { data: bytes('a\u0000b'), lineEnds: 'none', finalNewline: false },
  'no UTF-8': { data: new Uint8Array([0xff, 0xfe, 0x80, 0x0a]), lineEnds: 'LF', finalNewline: true },
};

for (const [name, { data, lineEnds, finalNewline, byteOrderMark = false }] of Object.entries(KEPT)) {
  test(`JWS-8: a certificate is kept byte for byte: ${name}`, async () => {
    await using both = await startBoth();
    const api = new PortalApi(both.sandbox);
    const { id, credentials } = await api.developer();
    const [app, other] = [await api.application(id), await api.application(id)];
    const { sharedWith, ...facts } = await api.certificate(app, data);
    const expected = { length: data.length, sha256: sha256(data), lineEnds, finalNewline, byteOrderMark };
    assert.deepEqual({ ...facts, ...expected }, facts);
    assert.deepEqual(sharedWith, []);
    await signs(both.sandbox, { ...credentials, app, certificate: data });
    // As a file of a form, for another application.
    const form = new FormData();
    form.set('environment', 'sandbox');
    form.set('certificate', '');
    form.set('file', new Blob([data as Uint8Array<ArrayBuffer>]), 'certificate.pem');
    const url = `${both.sandbox.url}/portal/applications/${other}/certificates`;
    assert.equal((await fetch(url, { method: 'POST', body: form, redirect: 'manual' })).status, 303);
    await signs(both.sandbox, { ...credentials, app: other, certificate: data });
    const [kept] = both.register.certificates.of(other, 'sandbox', Date.now());
    assert.deepEqual(kept?.bytes, data);
  });
}

for (const [lineEnds, text] of [['LF', ONE], ['CRLF', ONE.replaceAll('\n', '\r\n')]] as const) {
  test(`JWS-8: a browser makes CRLF of what is pasted; ${lineEnds} is kept where the form says so`, async () => {
    await using both = await startBoth();
    const api = new PortalApi(both.sandbox);
    const { id, credentials } = await api.developer();
    const app = await api.application(id);
    const sent = ONE.replaceAll('\n', '\r\n');
    const body = new URLSearchParams({ environment: 'sandbox', certificate: sent, lineEnds });
    const url = `${both.sandbox.url}/portal/applications/${app}`;
    assert.equal((await fetch(`${url}/certificates`, { method: 'POST', body, redirect: 'manual' })).status, 303);
    await signs(both.sandbox, { ...credentials, app, certificate: text });
    const page = await (await fetch(url)).text();
    assert.ok(page.includes(`${text.length} bytes; line ends: ${lineEnds};`), page);
    assert.ok(page.includes(sha256(bytes(text))));
  });
}

test('JWS-8: while one certificate replaces another both sign, until the bank’s clock says so', async () => {
  await using both = await startBoth();
  const api = new PortalApi(both.sandbox);
  const { id, credentials } = await api.developer();
  const app = await api.application(id, { certificate: ONE });
  await api.certificate(app, TWO);
  const present = tppAt(both.sandbox, { ...credentials, app, certificate: TWO });
  const former = present.with({ certificate: ONE });
  both.sandbox.clock.advance(24 * HOUR - 60);
  assert.equal((await former.authorise()).status, 200, 'a minute before');
  assert.equal((await present.authorise()).status, 200);
  both.sandbox.clock.advance(120);
  assert.equal(await refusal(former.authorise()), '401 invalid_signature JWS-8', 'a minute after');
  assert.equal((await present.authorise()).status, 200);
});

test('JWS-8: how long the former one signs is chosen, and can be ended before', async () => {
  await using both = await startBoth();
  const api = new PortalApi(both.sandbox);
  const { id, credentials } = await api.developer();
  const app = await api.application(id, { certificate: ONE });
  const former = tppAt(both.sandbox, { ...credentials, app, certificate: ONE });
  await api.certificate(app, TWO, '?overlapHours=48');
  both.sandbox.clock.advance(47 * HOUR);
  assert.equal((await former.authorise()).status, 200);
  const { certificates } = await read<{ certificates: Certificate[] }>(await api.get(`/applications/${app}`));
  const ends = certificates.map(({ endsAt }) => endsAt !== null);
  assert.deepEqual(ends, [false, true], 'the newest first');
  const path = ({ id: certificate }: Certificate): string => `/applications/${app}/certificates/${certificate}`;
  assert.equal((await api.send('DELETE', path(certificates[0] as Certificate))).status, 409, 'the one that signs');
  assert.equal((await api.send('DELETE', path(certificates[1] as Certificate))).status, 204);
  assert.equal(await refusal(former.authorise()), '401 invalid_signature JWS-8');
  await api.certificate(app, 'a third', '?overlapHours=0');
  assert.equal(await refusal(former.with({ certificate: TWO }).authorise()), '401 invalid_signature JWS-8', 'at once');
});

test('CFG-1: one certificate is used by several applications, each for itself', async () => {
  await using both = await startBoth();
  const api = new PortalApi(both.sandbox);
  const { id, credentials } = await api.developer();
  const [first, second] = [await api.application(id, { certificate: ONE }), await api.application(id)];
  const answer = await api.send('POST', `/applications/${second}/certificates?from=${first}`);
  assert.deepEqual((await read<Certificate>(answer)).sharedWith, [first]);
  await signs(both.sandbox, { ...credentials, app: second, certificate: ONE });
  await api.certificate(first, TWO, '?overlapHours=0');
  await signs(both.sandbox, { ...credentials, app: second, certificate: ONE });
});

test('LIV-1: production takes an X.509 certificate that is in date and not the sandbox’s', async () => {
  await using both = await startBoth();
  const api = new PortalApi(both.production);
  const { id } = await api.developer();
  const app = await api.application(id, { certificate: ONE, redirectUrl: REDIRECT });
  await api.application(id, { certificate: TWO.replaceAll('\n', '\r\n') });
  const refused = async (certificate: string): Promise<string> => {
    const answer = await api.send('POST', `/applications/${app}/certificates?environment=production`, certificate);
    const { error_description: description, field, rule } = await read<Record<string, string>>(answer);
    assert.deepEqual([answer.status, field, rule], [400, 'certificate', 'LIV-1']);
    return description ?? '';
  };
  assert.match(await refused('-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n'), /no X\.509/);
  assert.match(await refused(ONE), /of the sandbox/);
  assert.match(await refused(TWO), /of the sandbox/, 'another application’s, and with other line ends');
  both.production.clock.advance(101 * 366 * 24 * HOUR);
  assert.match(await refused(ONE), /ended to be valid on 2126-11-05/);
  both.production.clock.advance(-(101 * 366 * 24 * HOUR) - (Date.now() - VALID_FROM) / 1000 - 24 * HOUR);
  assert.match(await refused(ONE), /begins to be valid on 2026-11-29/);
  assert.deepEqual(both.register.certificates.of(app, 'production', Date.now()), []);
});

test('LIV-1: a released application changes its certificate as it signs on', async () => {
  await using both = await startBoth();
  const { api, app, sandbox, production } = await makeReady(both);
  await completeJourney(sandbox);
  await api.send('POST', `/applications/${app}/go-live`);
  await api.certificate(app, 'another', '?overlapHours=0');
  await api.certificate(app, ONE, '?environment=production');
  both.production.clock.advance(23 * HOUR);
  for (const certificate of [ONE, TWO]) {
    const live = tppAt(both.production, { ...production, certificate });
    const answer = await live.authorise({ sandbox_sca: undefined, uuid: crypto.randomUUID() });
    assert.equal(answer.status, 200);
  }
  both.production.clock.advance(2 * HOUR);
  assert.equal(await refusal(tppAt(both.production, production).authorise()), '401 invalid_signature JWS-8');
});

test('LIV-1: production refuses a certificate from the day on which it ends, and the sandbox asks nobody', async () => {
  await using both = await startBoth();
  const { api, app, sandbox, production } = await makeReady(both);
  await completeJourney(sandbox);
  await api.send('POST', `/applications/${app}/go-live`);
  const bare = { sandbox_sca: undefined };
  const live = tppAt(both.production, production);
  assert.equal((await live.authorise(bare)).status, 200);
  for (const { clock } of [both.sandbox, both.production]) clock.advance(101 * 366 * 24 * HOUR);
  assert.equal(await refusal(live.authorise(bare)), '401 invalid_signature LIV-1');
  assert.equal((await sandbox.authorise()).status, 200);
});

test('CFG-1: what no certificate can be is refused', async () => {
  await using both = await startBoth();
  const api = new PortalApi(both.sandbox);
  const { id } = await api.developer();
  const app = await api.application(id, { certificate: ONE });
  const path = `/applications/${app}/certificates`;
  const key = '-----BEGIN EC PRIVATE KEY-----\nbm9uZQ==\n-----END EC PRIVATE KEY-----\n';
  for (const [what, body] of Object.entries({ nothing: '', 'the same again': ONE, 'with its key': ONE + key })) {
    const answer = await api.send('POST', path, body);
    assert.deepEqual([answer.status, (await read<{ field: string }>(answer)).field], [400, 'certificate'], what);
  }
  const large = 'a'.repeat(64 * 1024 + 1);
  assert.equal((await api.send('POST', path, large)).status, 413);
  const form = new URLSearchParams({ environment: 'sandbox', certificate: large });
  const answer = await fetch(`${both.sandbox.url}/portal${path}`, { method: 'POST', body: form });
  assert.match(await answer.text(), /larger than 65536 bytes/);
  assert.equal((await api.send('POST', path, { certificate: ONE })).status, 415, 'JSON is not the bytes');
  for (const overlapHours of ['-1', '1.5', '2161', 'x']) {
    const answer = await api.send('POST', `${path}?overlapHours=${overlapHours}`, TWO);
    assert.equal((await read<{ field: string }>(answer)).field, 'overlapHours');
  }
  for (let count = 1; count < 5; count += 1) await api.certificate(app, `number ${count}`);
  assert.equal((await api.send('POST', path, 'one more')).status, 409, 'each of them costs every call an HMAC');
});

async function signs(
  at: Parameters<typeof tppAt>[0],
  registered: Credentials & { app: string; certificate: string | Uint8Array },
): Promise<void> {
  assert.equal((await tppAt(at, registered).authorise()).status, 200);
}
