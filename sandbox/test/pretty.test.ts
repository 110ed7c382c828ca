/** JSON for people's eyes: nothing of it is changed but the space between. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pretty } from '../src/journal/pretty.ts';

test('ACC-4: numbers, escapes, order and a member that comes twice are shown as they came', () => {
  const text = '{"a":10.10,"b":[1E400,{}, [] ,"\\u0000,:{"],"a":{"c":null}}';
  const list = '  "b": [\n    1E400,\n    {},\n    [],\n    "\\u0000,:{"\n  ]';
  const shown = `{\n  "a": 10.10,\n${list},\n  "a": {\n    "c": null\n  }\n}`;
  assert.equal(pretty(text), shown);
  assert.equal(pretty(shown), shown);
  for (const other of ['', '{"a":', 'grant_type=x', '{} {}']) assert.equal(pretty(other), other);
});
