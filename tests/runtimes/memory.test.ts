/** What the wasm does with memory: nothing leaks, nothing too large is copied in, and what is let go is wiped. */

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { TellConnectError, parseRedirect } from 'tell-connect';
import { Signer, Tpp } from 'tell-connect/edge';
import { Consent, Settings } from 'tell-connect/machine';
import { untyped } from './check.ts';
import { POCKIT } from './guide.ts';

const OPTIONS = {
  environment: 'sandbox', clientId: 'client', clientSecret: 'SECRET-of-the-client', app: 'app-1',
  certificate: 'CERTIFICATE-of-the-app\n', aspsp: POCKIT, resourceBaseUrl: 'https://bank.example/v1',
} as const;
const ENV = {
  TELL_ENVIRONMENT: 'sandbox', TELL_APP: 'app-1', TELL_ASPSP: POCKIT, TELL_CERTIFICATE: 'CERTIFICATE-of-the-app\n',
  TELL_CLIENT_ID: 'client', TELL_CLIENT_SECRET: 'SECRET-of-the-client',
  TELL_REDIRECT_URL: 'https://tpp.example/api/callback', TELL_RESOURCE_BASE_URL: 'https://bank.example/v1',
  TELL_VAULT_KEY: btoa('k1'.repeat(16)),
};
const NOW = 1_767_225_600_000;

interface Entries {
  edge: typeof import('tell-connect/edge');
  machine: typeof import('tell-connect/machine');
}

interface Inside<T> {
  memory: WebAssembly.Memory;
  table: WebAssembly.Table;
  entry: T;
}

/** A copy of the package of this test's own, of whose wasm it can see memory and table; the package shows neither. */
async function inside<Name extends keyof Entries>(name: Name): Promise<Inside<Entries[Name]>> {
  const { Instance } = WebAssembly;
  const made: Array<{ memory: WebAssembly.Memory; __wbindgen_externrefs: WebAssembly.Table }> = [];
  // The package instantiates its wasm as it is imported.
  WebAssembly.Instance = class extends Instance {
    constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
      super(module, imports);
      made.push(this.exports as unknown as (typeof made)[number]);
    }
  };
  const copy = mkdtempSync(join(tmpdir(), 'tell-memory-'));
  try {
    cpSync(join(import.meta.dirname, '../../pkg'), join(copy, 'pkg'), { recursive: true });
    const entry = await import(join(copy, `pkg/dist/${name}/node.js`)) as Entries[Name];
    const [exports] = made;
    assert.ok(exports && made.length === 1, `${made.length} wasm were instantiated`);
    return { memory: exports.memory, table: exports.__wbindgen_externrefs, entry };
  } finally {
    WebAssembly.Instance = Instance;
    rmSync(copy, { recursive: true });
  }
}

function code(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof TellConnectError, String(error));
    return error.code;
  }
  return 'none';
}

test('ERR-2: what is too large is refused before a byte of it is copied', () => {
  const huge = new Uint8Array(3 * 1024 ** 3);
  const text = 'a'.repeat(2 ** 29 - 24);
  const signer = new Signer(OPTIONS);
  const tpp = new Tpp(OPTIONS);
  const consent = new Consent(Settings.read(ENV));
  const before = process.memoryUsage().rss;
  assert.equal(code(() => new Signer({ app: 'a', certificate: huge })), 'certificate_invalid');
  assert.equal(code(() => new Tpp({ ...OPTIONS, certificate: huge })), 'certificate_invalid');
  const calls: Array<() => unknown> = [
    () => signer.sign({ path: '/', payload: text }), () => signer.sign({ path: text, payload: '{}' }),
    () => signer.verify(text), () => signer.explain(text), () => new Signer({ app: text, certificate: 'c' }),
    () => tpp.exchange(text), () => tpp.readToken(200, text, 1_767_225_600), () => new Tpp({ ...OPTIONS, clientId: text }),
    () => tpp.resource({ method: 'POST', path: '/payments', accessToken: 'a', body: text }),
    () => consent.handle({ type: 'answered', id: 1, status: 200, body: text }, NOW),
    () => consent.handle({ type: 'redirected', url: text, caller: 1 }, NOW),
    () => new Consent(Settings.read(ENV), text), () => Settings.read({ ...ENV, TELL_CERTIFICATE: text }),
    () => parseRedirect(text), () => new Signer({ app: 'a', certificate: text }),
  ];
  for (const call of calls) assert.match(code(call), /^(too_large|certificate_invalid)$/, String(call));
  assert.ok(process.memoryUsage().rss - before < 64 * 1024 ** 2, 'something was copied');
  assert.equal(signer.sign({ path: '/', payload: '{}' }).split('.').length, 3, 'and all goes on');
});

/** Calls from every depth of a stack that is about to be full, until it is. */
function fromTheDeep(call: () => unknown): void {
  const dive = (): void => {
    try {
      dive();
    } finally {
      try { call(); } catch { /* there was no room, or not enough */ }
    }
  };
  try { dive(); } catch { /* nor for another dive */ }
}

test('ERR-2: a full stack in a call leaves a clear error, and nothing else the worse', () => {
  const settings = Settings.read(ENV);
  const call = { path: '/accounts', payload: '{}', iat: 1_767_225_600 };
  const signer = new Signer(OPTIONS);
  const tpp = new Tpp(OPTIONS);
  const expected = signer.sign(call);
  for (let time = 0; time < 20; time += 1) {
    const consent = new Consent(settings);
    fromTheDeep(() => consent.handle({ type: 'start', scope: 'aisp', caller: 1 }, NOW));
    fromTheDeep(() => signer.sign(call));
    fromTheDeep(() => tpp.exchange('code'));
    assert.equal(signer.sign(call), expected);
    assert.equal(tpp.exchange('code').method, 'POST');
    assert.match(code(() => consent.handle({ type: 'woken' }, NOW)), /^(none|interrupted)$/);
    assert.equal(code(() => new Consent(settings).handle({ type: 'start', scope: 'aisp', caller: 1 }, NOW)), 'none');
  }
});

test('ERR-2: new Consent of anything but settings is refused with a code', () => {
  for (const settings of [undefined, null, {}, 'settings', 7, Object.create(Settings.prototype), new Signer(OPTIONS)]) {
    assert.equal(code(() => new Consent(untyped(settings))), 'invalid_argument');
  }
  assert.equal(code(() => new Consent(Settings.read(ENV, null), null)), 'none', 'null counts as absent');
});

test('ERR-2: neither errors nor objects leak a slot of the wasm table', async () => {
  const { table, entry: edge } = await inside('edge');
  const round = (): void => {
    for (let time = 0; time < 500; time += 1) {
      using signer = new edge.Signer(OPTIONS);
      assert.throws(() => signer.sign({ path: 'accounts', payload: '{}' }), { code: 'path_invalid' });
      assert.throws(() => signer.verify('x'), { code: 'jws_malformed' });
      assert.throws(() => new edge.Tpp({ ...OPTIONS, profile: untyped({ misspelt: true }) }), { code: 'configuration_invalid' });
      using tpp = new edge.Tpp(OPTIONS);
      tpp.authorise({ scope: 'aisp' });
      assert.throws(() => tpp.readToken(400, '{"error":"invalid_grant"}', 1_767_225_600), { code: 'gateway_refused' });
    }
  };
  round();
  const before = table.length;
  for (let time = 0; time < 4; time += 1) round();
  assert.equal(table.length, before);
});

/** What of a test's secrets stands in a wasm's memory. */
function secretsIn(memory: WebAssembly.Memory): string[] {
  const bytes = Buffer.from(memory.buffer);
  return ['SECRET-of', 'CERTIFICATE-of', 'CODE-of', 'ACCESS-of', 'REFRESH-of', 'BODY-of',
    btoa('client:SECRET-of-the-client')].filter((secret) => bytes.includes(secret));
}

test('ERR-2: no secret is left in the memory of the wasm once what held it was let go', async () => {
  const { memory, entry: edge } = await inside('edge');
  const found = (): string[] => secretsIn(memory);
  const tpp = new edge.Tpp(OPTIONS);
  assert.deepEqual(found().length > 0, true, 'while it is in use, it is there: the search can find it');
  tpp.exchange('CODE-of-the-customer');
  tpp.refresh('REFRESH-of-the-customer');
  tpp.resource({ method: 'POST', path: '/payments', accessToken: 'ACCESS-of-the-customer', body: '{"x":"BODY-of-it"}' });
  tpp.readToken(200, '{"access_token":"ACCESS-of-the-customer","refresh_token":"REFRESH-of-the-customer"}', 1_767_225_600);
  using signer = new edge.Signer({ app: 'a', certificate: 'another' });
  signer.sign({ path: '/payments', payload: '{"x":"BODY-of-it"}' });
  tpp.free();
  assert.deepEqual(found(), []);
});

test('ERR-2: nor in the memory of the machine’s wasm, whatever a consent and its customer’s answers were', async () => {
  const { memory, entry: { Consent, JsonCheck, Settings } } = await inside('machine');
  const settings = Settings.read(ENV);
  const consent = new Consent(settings);
  const commands = consent.handle({ type: 'start', scope: 'aisp', caller: 1 }, NOW);
  const sent = commands.find((command) => command.type === 'send');
  assert.ok(sent, 'what is sent first is the request for an authorisation');
  assert.ok(secretsIn(memory).length > 0, 'while it is in use, it is there: the search can find it');
  consent.handle({ type: 'answered', id: sent.id, status: 400, body: '{"error":"BODY-of-it"}' }, NOW);
  const check = new JsonCheck();
  check.take(Buffer.alloc(200 * 1024, ' '));
  check.take(Buffer.from('{"x":"ACCESS-of-it"}'));
  assert.equal(check.isWhole, true);
  for (const held of [check, consent, settings]) held.free();
  assert.deepEqual(secretsIn(memory), []);
});
