/** The suite in Node, and what only Node can check of it: that its vectors and its codes are the true ones. */

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { CODES } from 'tell-connect/machine';
import { refusals } from './check.ts';
import { GUIDE, RFC_7515_A1, SIGNED } from './guide.ts';
import { suite } from './suite.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8');

for (const { name, run } of suite) test(`${name} (Node)`, run);

test('JWS-1: node:crypto signs the suite’s vector as it stands there', () => {
  const { certificate, app, path, iat, payload, token } = SIGNED;
  const parts = [JSON.stringify({ alg: 'HS256', typ: 'JWT', app, path, iat }), payload];
  const input = parts.map((part) => Buffer.from(part).toString('base64url')).join('.');
  assert.equal(token, `${input}.${createHmac('sha256', Buffer.from(certificate)).update(input).digest('base64url')}`);
});

test('AUT-1, RED-1, TOK-3: the suite’s examples are the guide’s, character by character', () => {
  const files = {
    authoriseRequest: 'authorise-request',
    authoriseAnswer: 'authorise-answer',
    redirectUrl: 'redirect-url',
    tokenAnswer: 'token-answer',
  };
  for (const [name, file] of Object.entries(files)) {
    // The files end with a line end, the examples do not.
    assert.equal(GUIDE[name as keyof typeof GUIDE], read(`tests/vectors/guide/${file}.txt`).replace(/\n$/, ''));
  }
  const vectors = JSON.parse(read('tests/vectors/jws-hs256-rfc.json')) as Array<Record<string, string>>;
  assert.deepEqual(vectors.find(({ source }) => source === 'RFC 7515 A.1'), { source: 'RFC 7515 A.1', ...RFC_7515_A1 });
});

const UNMET = [
  // Faults of a configuration: `configuration_invalid` tells them, each by its setting.
  'base_url_invalid', 'credentials_invalid',
  // The browser's loader throws it; see chromium.test.ts.
  'not_ready',
  // After a full stack alone; see memory.test.ts.
  'interrupted',
  // Where the wasm is not found, or not allowed; see refused.test.ts of tests/package.
  'wasm_missing', 'wasm_refused',
];

test('ERR-2: the suite has met every code that a caller can meet', () => {
  const thrown = Object.entries(CODES).filter(([, { met }]) => met !== 'answered').map(([code]) => code);
  assert.deepEqual([...refusals, ...UNMET].toSorted(), thrown.toSorted());
});
