import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { Step } from 'tell-connect/machine';
import { consentModule, pageInside } from '../documents.ts';
import { asCurl, asFetch, asJson } from '../src/console/copy.ts';
import { type Filter, isFailed, matches } from '../src/console/filter.ts';
import { intentOf, sandboxOf } from '../src/console/links.ts';
import { duration, spansOf } from '../src/console/waterfall.ts';
import { edgesOf } from '../../tests/docs/diagram.ts';

const AT = '2026-01-01T00:00:00.000Z';
const BASIC = { accept: 'application/json', authorization: 'Basic ***', 'x-jws-signature': '***' };

function step(call: Step['call'], url: string, more: Partial<Step> & { body?: string; headers?: Record<string, string> } = {}): Step {
  const { body, headers = BASIC, ...rest } = more;
  return { at: AT, call, request: { method: body === undefined ? 'GET' : 'POST', url, headers, ...(body && { body }) }, ...rest };
}

interface Heard {
  method?: string | undefined;
  url?: string | undefined;
  headers: Record<string, unknown>;
  body: string;
}

/** What a server hears of what is run against it. */
async function heardOf(run: (base: string) => Promise<void>): Promise<Heard> {
  let heard: Heard | undefined;
  const server = createServer(async (incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    heard = { method, url, headers, body: Buffer.concat(chunks).toString() };
    outgoing.setHeader('connection', 'close').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
  }
  assert.ok(heard);
  return heard;
}

const SECRETS = {
  TELL_CLIENT_ID: 'client', TELL_CLIENT_SECRET: 's3cret $x`"\'', TELL_JWS_SIGNATURE: 'a.b.c', TELL_ACCESS_TOKEN: 'to"ken',
  TELL_CODE: 'the-code', TELL_REFRESH_TOKEN: 'the-refresh',
};
const env = { PATH: process.env['PATH'], ...SECRETS };
const run = promisify(execFile);

const WAYS = {
  curl: async (copied: Step) => run('sh', ['-c', asCurl(copied) ?? ''], { env }),
  fetch: async (copied: Step) => run(process.execPath, ['--input-type=module', '-e', asFetch(copied) ?? ''], { env }),
};

for (const [name, way] of Object.entries(WAYS)) {
  test(`JWS-5, BAS-1: a call copied as ${name} and run makes that call, with the secrets from the environment`, async () => {
    const body = `{"aspsp":"it's \\"$HOME\\" \`x\`","scope":"aisp"}`;
    const authorise = await heardOf(async (base) => {
      const headers = { ...BASIC, 'content-type': 'application/json' };
      await way(step('authorise', `${base}/v1/authorise`, { body, headers }));
    });
    assert.deepEqual([authorise.method, authorise.url, authorise.body], ['POST', '/v1/authorise', body]);
    const basic = Buffer.from(`client:${SECRETS.TELL_CLIENT_SECRET}`).toString('base64');
    assert.equal(authorise.headers['authorization'], `Basic ${basic}`);
    assert.equal(authorise.headers['x-jws-signature'], 'a.b.c');
    assert.equal(authorise.headers['content-type'], 'application/json');

    const read = await heardOf(async (base) => {
      await way(step('resource', `${base}/accounts?a=1&b='2`, { headers: { ...BASIC, authorization: 'Bearer ***', 'x-user-ip': '1.1.1.1' } }));
    });
    assert.deepEqual([read.method, read.headers['authorization']], ['GET', 'Bearer to"ken']);
    assert.match(read.url ?? '', /^\/accounts\?a=1&b=('|%27)2$/);

    for (const [call, field, secret] of [['exchange', 'code', 'the-code'], ['refresh', 'refresh_token', 'the-refresh']] as const) {
      const heard = await heardOf(async (base) => {
        await way(step(call, `${base}/access-token`, { body: `grant_type=x&${field}=***`, headers: BASIC }));
      });
      assert.equal(heard.body, `grant_type=x&${field}=${secret}`);
    }
  });
}

test('ERR-2: what is copied names each secret by a variable, and a call as JSON is the call as it was told', () => {
  const exchange = step('exchange', 'https://a/access-token', { body: 'code=***' });
  for (const copied of [asCurl(exchange), asFetch(exchange)]) {
    assert.doesNotMatch(copied ?? '', /\*\*\*/);
    for (const name of ['TELL_CLIENT_ID', 'TELL_CLIENT_SECRET', 'TELL_JWS_SIGNATURE', 'TELL_CODE']) assert.match(copied ?? '', new RegExp(name));
  }
  assert.deepEqual(JSON.parse(asJson(exchange)), exchange);
});

test('ERR-1: a call has failed when it was refused, lost, or told as a failure, and not while it is under way', () => {
  const answered = (status: number | null, more: Partial<Step> = {}): Step => step('resource', 'https://a/b', { response: { status }, ...more });
  for (const status of [null, 302, 400, 503]) assert.ok(isFailed(answered(status)), String(status));
  assert.ok(isFailed(answered(200, { told: { code: 'gateway_bad_answer', advice: '' } })));
  for (const status of [200, 201, 204]) assert.ok(!isFailed(answered(status)));
  assert.ok(!isFailed(step('resource', 'https://a/b')));
  assert.ok(!isFailed(step('redirect', 'https://a/b')));
});

test('page: calls are found by kind, by failure and by any text of them', () => {
  const none: Filter = { kind: '', failedOnly: false, text: '' };
  const failed = step('resource', 'https://a/accounts/1/balance', {
    response: { status: 403, reason: { description: 'No balance:read', rule: 'ACC-3' } },
    told: { code: 'gateway_refused', advice: 'Look.' },
  });
  const good = step('authorise', 'https://a/authorise', { response: { status: 200, body: '{"intent-id":"Abc"}' } });
  const found = (filter: Partial<Filter>): Step[] => [failed, good].filter((one) => matches(one, { ...none, ...filter }));
  assert.deepEqual(found({}), [failed, good]);
  assert.deepEqual(found({ kind: 'authorise' }), [good]);
  assert.deepEqual(found({ failedOnly: true }), [failed]);
  for (const text of ['acc-3', 'GATEWAY_REFUSED', '403', ' read balance ', 'balance:READ']) assert.deepEqual(found({ text }), [failed], text);
  assert.deepEqual(found({ text: 'abc' }), [good]);
  assert.deepEqual(found({ text: 'abc', failedOnly: true }), []);
});

test('page: the calls of one action share a scale, and a pause ends an action', () => {
  const at = (ms: number): string => new Date(Date.parse(AT) + ms).toISOString();
  const spans = spansOf([
    { at: at(0), ms: 100 }, { at: at(50) }, { at: at(100), ms: 300 }, { at: at(9000), ms: 0 }, { at: at(20_000), ms: 7 },
  ]);
  assert.deepEqual(spans, [{ from: 0, width: 0.25 }, undefined, { from: 0.25, width: 0.75 }, { from: 0, width: 1 }, { from: 0, width: 1 }]);
  assert.deepEqual([duration(0), duration(999), duration(1240)], ['0 ms', '999 ms', '1.24 s']);
});

test('page: the sandbox’s own pages are looked for on this machine alone', () => {
  assert.equal(sandboxOf('http://localhost:8788/v1'), 'http://localhost:8788');
  assert.equal(sandboxOf('http://127.0.0.1:1/v1'), 'http://127.0.0.1:1');
  for (const gateway of ['https://auth-sandbox.tell.money/v1', 'http://localhost.example/v1', 'x', undefined]) {
    assert.equal(sandboxOf(gateway), undefined);
  }
  const told = (body: string): Step => step('authorise', 'https://a/authorise', { response: { status: 200, body } });
  assert.equal(intentOf([told('{"intent-id":"i-1"}'), told('{"intent-id":"i-2"}'), step('resource', 'x')]), 'i-2');
  assert.equal(intentOf([told('{}')]), undefined);
});

test('page: the states are those of docs/consent.md', async () => {
  const markdown = readFileSync(new URL('../../docs/consent.md', import.meta.url), 'utf8');
  const { EDGES, STATES } = await import(`data:text/javascript,${encodeURIComponent(consentModule(markdown))}`) as {
    EDGES: string[][]; STATES: Record<string, string>;
  };
  assert.deepEqual(EDGES.map(([from, to]) => `${from} --> ${to}`), edgesOf(markdown));
  const states = new Set(EDGES.flatMap(([from = '', to = '']) => [from, to]).filter((name) => name !== '[*]'));
  assert.deepEqual(Object.keys(STATES).sort(), [...states].sort());
  for (const holds of Object.values(STATES)) assert.match(holds, /^[A-Z][^`|]+\.$/);
});

test('page: each rule of docs/protocol.md can be linked to', () => {
  const markdown = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');
  const html = pageInside(markdown, 'docs/protocol.md');
  const rules = [...markdown.matchAll(/^\| ([A-Z]{3}-\d+[a-z]?)\b/gm)].map(([, rule]) => rule);
  assert.ok(rules.length > 50);
  for (const rule of rules) assert.equal(html.split(` id="${rule}"`).length, 2, rule);
  assert.equal(pageInside('[a](../protocol.md#x) [b](../nowhere.md) ![c](d.png)', 'docs/guide/console.md').trim(),
    '<p><a href="/docs/protocol.html#x">a</a> b </p>');
});
