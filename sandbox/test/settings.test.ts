import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lifetimesOf } from '../src/life.ts';
import { redirectBack } from '../src/redirect.ts';
import { DEFAULT_READINGS } from '../src/readings.ts';
import { readSettings } from '../src/settings.ts';
import { VARIABLES, openSandbox } from './support/sandbox.ts';

function faults(changes: Record<string, unknown>): string[] {
  const read = readSettings({ ...VARIABLES, ...changes });
  return 'faults' in read ? read.faults.map(({ setting }) => setting) : [];
}

function applications(...changes: object[]): Record<string, unknown> {
  const usual = { app: 'a', certificate: 'c', redirectUrl: 'https://app.example/back' };
  return { SANDBOX_APPLICATIONS: JSON.stringify(changes.map((change) => ({ ...usual, ...change }))) };
}

test('CFG-1, JWS-8: several applications are read, each certificate to the byte', () => {
  const read = readSettings({ ...VARIABLES, ...applications({ certificate: ' x\r\n\n' }, { app: 'b' }) });
  assert.ok('settings' in read);
  assert.deepEqual([...(read.settings.applications[0]?.certificates[0] ?? [])], [32, 120, 13, 10, 10]);
  assert.equal(read.settings.applications[1]?.app, 'b');
  assert.equal(read.settings.lifetimes.accessSeconds, 3600);
});

test('CFG-4: every fault is reported at once', () => {
  const read = readSettings({ SANDBOX_CLIENT_ID: 'sample' });
  assert.ok('faults' in read);
  const names = ['SANDBOX_CLIENT_SECRET', 'SANDBOX_APPLICATIONS', 'SANDBOX_ASPSP'];
  assert.deepEqual(read.faults, names.map((setting) => ({ setting, problem: 'is missing' })));
});

test('CFG-1: without a TPP of its own all register at the portal', () => {
  const read = readSettings({ SANDBOX_ASPSP: VARIABLES.SANDBOX_ASPSP });
  assert.ok('settings' in read);
  assert.deepEqual([read.settings.client, read.settings.applications], [null, []]);
});

test('ENV-1: what is for developers answers on the loopback interface, to anyone, or not at all', async () => {
  const asked = async (controls: string, host: string) => {
    const { send } = openSandbox({ SANDBOX_CONTROLS: controls });
    return (await send(new Request(`http://${host}/__sandbox/record`))).status;
  };
  const statuses = async (controls: string) => [await asked(controls, 'localhost:8788'), await asked(controls, 'bank.example')];
  assert.deepEqual(await statuses('loopback'), [200, 404]);
  assert.deepEqual(await statuses('anyone'), [200, 200]);
  assert.deepEqual(await statuses('off'), [404, 404]);
});

test('CFG-4, BAS-2, CFG-2: a wrong setting is named', () => {
  assert.deepEqual(faults({ SANDBOX_CLIENT_ID: 'a:b' }), ['SANDBOX_CLIENT_ID']);
  assert.deepEqual(faults({ SANDBOX_CLIENT_SECRET: 'a\nb' }), ['SANDBOX_CLIENT_SECRET']);
  assert.deepEqual(faults({ SANDBOX_ASPSP: 'pockit' }), ['SANDBOX_ASPSP']);
  for (const seconds of ['0', '86401', '1.5', '-1', 'soon']) {
    assert.deepEqual(faults({ SANDBOX_ACCESS_TOKEN_SECONDS: seconds }), ['SANDBOX_ACCESS_TOKEN_SECONDS']);
  }
  assert.deepEqual(faults({ SANDBOX_ENVIRONMENT: 'staging' }), ['SANDBOX_ENVIRONMENT']);
  assert.deepEqual(faults({ SANDBOX_ROTATION: 'often' }), ['SANDBOX_ROTATION']);
  for (const name of ['uuid', 'sandbox_sca', '1st', 'a b', '__proto__', 'x'.repeat(65)]) {
    assert.deepEqual(faults({ SANDBOX_PAYMENT_AT_AUTHORISE: name }), ['SANDBOX_PAYMENT_AT_AUTHORISE']);
  }
  assert.deepEqual(faults({ SANDBOX_CLOCK_OFFSET_SECONDS: '1e3' }), ['SANDBOX_CLOCK_OFFSET_SECONDS']);
  for (const list of ['{', '{}', '[]']) {
    assert.deepEqual(faults({ SANDBOX_APPLICATIONS: list }), ['SANDBOX_APPLICATIONS']);
  }
  assert.deepEqual(faults(applications({}, { app: 'b', certificate: '' })), ['SANDBOX_APPLICATIONS[1].certificate']);
  assert.deepEqual(faults(applications({}, {})), ['SANDBOX_APPLICATIONS[1].app']);
  assert.deepEqual(faults(applications({ nick: 'x' })), ['SANDBOX_APPLICATIONS[0].nick']);
});

test('ENV-2, REF-1: the lifetimes follow the environment, and each can be set', () => {
  const lifetimes = (changes: Record<string, string>) => {
    const read = readSettings({ ...VARIABLES, ...changes });
    assert.ok('settings' in read);
    return read.settings.lifetimes;
  };
  assert.deepEqual(lifetimes({ SANDBOX_ENVIRONMENT: 'production' }), lifetimesOf('production'));
  const set = {
    SANDBOX_CODE_SECONDS: '1',
    SANDBOX_ACCESS_TOKEN_SECONDS: '2',
    SANDBOX_REFRESHED_ACCESS_TOKEN_SECONDS: '3',
    SANDBOX_ROTATION: 'grace',
    SANDBOX_GRACE_SECONDS: '4',
  };
  const expected = { codeSeconds: 1, accessSeconds: 2, refreshedAccessSeconds: 3, rotation: 'grace', graceSeconds: 4 };
  assert.deepEqual(lifetimes(set), expected);
});

test('CFG-4, ERR-3: standing faults are read from a text, and one that is unknown is named', () => {
  const all = {
    authorise: 'html',
    exchange: { delay: 10 },
    refresh: 'invalid_grant',
    resource: { status: 503, retryAfter: 7 },
    payment: { drip: 1 },
    unknown: 'garbage',
  };
  const read = readSettings({ ...VARIABLES, SANDBOX_FAULTS: JSON.stringify(all) });
  assert.ok('settings' in read);
  assert.deepEqual(read.settings.faults.map(({ endpoint }) => endpoint), Object.keys(all));
  assert.deepEqual(faults({ SANDBOX_FAULTS: '[]' }), ['SANDBOX_FAULTS']);
  const unknown = ['"truncated"', '"constructor"', '{"status":1}', '{"delay":0}', '{"status":500,"more":1}', 'null'];
  for (const fault of unknown) {
    assert.deepEqual(faults({ SANDBOX_FAULTS: `{"refresh":${fault}}` }), ['SANDBOX_FAULTS.refresh']);
  }
  assert.deepEqual(faults({ SANDBOX_FAULTS: '{"reads":"html"}' }), ['SANDBOX_FAULTS.reads']);
});

test('CFG-4: readings are those of the profile, and one that is unknown is named', () => {
  const chosen = { certificate: 'crlf', basic: 'form-encoded', emptyPayload: 'empty', signQuery: true };
  for (const given of [chosen, JSON.stringify(chosen)]) {
    const read = readSettings({ ...VARIABLES, SANDBOX_READINGS: given });
    assert.ok('settings' in read);
    assert.deepEqual(read.settings.readings, chosen);
  }
  const read = readSettings({ ...VARIABLES, SANDBOX_READINGS: '{"signQuery":true}' });
  assert.ok('settings' in read);
  assert.deepEqual(read.settings.readings, { ...DEFAULT_READINGS, signQuery: true });
  for (const wrong of ['crlf', '[]', 'null']) {
    assert.deepEqual(faults({ SANDBOX_READINGS: wrong }), ['SANDBOX_READINGS']);
  }
  const unknown = '{"certificate":"CRLF","signQuery":"true","toString":1,"Basic":"as-is"}';
  const names = ['certificate', 'signQuery', 'toString', 'Basic'].map((name) => `SANDBOX_READINGS.${name}`);
  assert.deepEqual(faults({ SANDBOX_READINGS: unknown }), names);
});

test('CFG-1, RED-1: a redirect URL that cannot carry the answer is refused', () => {
  const urls = ['/back', 'ftp://app.example/', 'https://u:p@app.example/', 'https://a.b/#x', 'https://a.b/?uuid=1'];
  for (const redirectUrl of urls) {
    assert.deepEqual(faults(applications({ redirectUrl })), ['SANDBOX_APPLICATIONS[0].redirectUrl']);
  }
});

test('CFG-4, ERR-2: unset, the gateway answers 500 with the faults and no value of a setting', async () => {
  const { send } = openSandbox({ SANDBOX_CLIENT_ID: 'se:cret', SANDBOX_APPLICATIONS: '[{"certificate":"secret"}]' });
  for (const path of ['/', '/v1/accounts', '/nowhere']) {
    const response = await send(new Request(`http://localhost${path}`));
    assert.equal(response.status, 500);
    const text = await response.text();
    assert.match(text, /SANDBOX_CLIENT_ID/);
    assert.match(text, /SANDBOX_APPLICATIONS\[0\]\.redirectUrl/);
    assert.doesNotMatch(text, /se:cret|"secret"/);
  }
});

test('RED-1, RED-2: the outcome is added behind the own query of the redirect URL', () => {
  const outcome = { intentId: 'i', uuid: 'u', code: 'c' };
  const added = 'intent-id=i&uuid=u&authorisation_code=c';
  assert.equal(redirectBack('https://a.example', outcome), `https://a.example/?${added}`);
  assert.equal(redirectBack('https://a.example/b?x=%20y', outcome), `https://a.example/b?x=%20y&${added}`);
  assert.equal(redirectBack('https://a.example/b?x&', outcome), `https://a.example/b?x&${added}`);
  const declined = redirectBack('https://a.example/b', { ...outcome, code: null });
  assert.equal(new URL(declined).searchParams.get('authorisation_code'), 'null');
});

test('ACC-3, ACC-5, ACC-8: shape, size of pages, the awkward account, the person and the seed are settings', () => {
  const read = readSettings(VARIABLES);
  assert.ok('settings' in read);
  const { shape, pageSize, awkward, persona, seed } = read.settings;
  assert.deepEqual([shape, pageSize, awkward, persona, seed], ['tell', 50, false, 'usual', 0]);
  const wrong = {
    ...{ SANDBOX_AWKWARD: 'yes', SANDBOX_PAGE_SIZE: '0', SANDBOX_PERSONA: 'nobody' },
    ...{ SANDBOX_SEED: '-1', SANDBOX_SHAPE: 'flat' },
  };
  assert.deepEqual(faults(wrong).sort(), Object.keys(wrong));
});
