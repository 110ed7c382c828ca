/** The suite in Node, and what only Node can check of it: that its vectors and its codes are the true ones. */

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
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

// Faults of a configuration: `configuration_invalid` tells them, each by its setting.
const FAULTS = ['base_url_invalid', 'credentials_invalid'];
// The browser's loader throws it; see chromium.test.ts.
const NOT_READY = 'not_ready';

test('ERR-2: ErrorCode names every code of the core, and no other', () => {
  const core = ['src/error.rs', 'src/edge/error.rs'].flatMap((path) => codesOfRust(read(path)));
  assert.deepEqual(codesOfTypeScript().toSorted(), [...core, NOT_READY].toSorted());
});

test('ERR-2: the suite has met every code that a caller can meet', () => {
  assert.deepEqual([...refusals, ...FAULTS, NOT_READY].toSorted(), codesOfTypeScript().toSorted());
});

/** The strings that `fn code` gives. */
function codesOfRust(text: string): string[] {
  const [, after = ''] = text.split('pub fn code(');
  const [body = ''] = after.split(/\n {4}\}\n/);
  const codes = Array.from(body.matchAll(/=> "([a-z0-9_]+)"/g), ([, code = '']) => code);
  assert.ok(codes.length > 10, `${codes.length} codes`);
  return codes;
}

function codesOfTypeScript(): string[] {
  const union = /export type ErrorCode =([^;]+);/.exec(read('pkg/src/error.ts'))?.[1] ?? '';
  return Array.from(union.matchAll(/'([a-z0-9_]+)'/g), ([, code = '']) => code);
}
