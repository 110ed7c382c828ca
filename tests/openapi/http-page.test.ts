/** The tables of docs/reference/http.md against the document: each call, and the members of its answer. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tableUnder } from '../docs/diagram.ts';
import { Documented } from '../rig/documented.ts';
import { schemas } from '../../scripts/openapi/schemas.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/reference/http.md'), 'utf8');
const rows = tableUnder(page, 'The worker\'s HTTP API');

test('the calls of the page are those of the document', () => {
  const listed = rows.map(([call = '']) => /^`(\w+ [^`?[]+)/.exec(call)?.[1] ?? call);
  const documented = new Documented().operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  assert.deepEqual(listed.sort(), documented.sort());
});

/** The page's `{"member", "member"?}` for a call, and the shape that it is. */
const SHAPES: ReadonlyArray<readonly [call: RegExp, cell: 0 | 1, shape: string]> = [
  [/^`POST \/api\/authorise/, 0, 'AuthorisationRequest'], [/^`POST \/api\/authorise/, 1, 'Authorisation'],
  [/^`GET \/api\/consent/, 1, 'Consent'], [/^`POST \/api\/payment/, 0, 'PaymentOfOrder'],
  [/^`POST \/api\/payment/, 1, 'PaymentTold'], [/^`GET \/api\/payment`/, 1, 'PaymentStatus'],
  [/^`GET \/api\/journey/, 1, 'CallLog'],
];

test('the members of the page are those of the document', () => {
  const all = schemas();
  for (const [call, cell, shape] of SHAPES) {
    const text = rows.find(([named = '']) => call.test(named))?.[cell] ?? '';
    const listed = [...(/\{([^}]+)\}/.exec(text)?.[1] ?? '').matchAll(/"(\w+)"(\??)/g)].map(([, name, optional]) => `${name}${optional}`);
    const { properties = {}, required = [] } = all[shape] ?? {};
    const documented = Object.keys(properties).map((name) => (required.includes(name) ? name : `${name}?`));
    assert.deepEqual(listed.sort(), documented.sort(), `${call} ${shape}`);
  }
});
