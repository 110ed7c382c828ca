/** THIRD-PARTY.md of the package: every crate that is compiled into the wasm, with a licence that may be passed on. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { compiled, described } from '../../scripts/crates.ts';
import { ROOT } from './project.ts';

const ALLOWED = new Set(['MIT', 'Apache-2.0', 'Unicode-3.0', 'Zlib', 'BSD-3-Clause', 'ISC']);

/** Whether an SPDX expression leaves a choice in which every licence is allowed. */
function mayBePassedOn(expression: string): boolean {
  const flat = expression.replace(/\(([^()]*)\)/g, (_, inner: string) => (mayBePassedOn(inner) ? 'MIT' : 'refused'));
  return flat.split(' OR ').some((choice) => choice.split(' AND ').every((name) => ALLOWED.has(name)));
}

const page = readFileSync(join(ROOT, 'pkg/THIRD-PARTY.md'), 'utf8');
const rows = [...page.matchAll(/^\| \[(\S+)\]\(https:\S+\) \| (\S+) \| (.+) \| ([\d, ]+) \|$/gm)].map(
  ([, name, version, licence = '', texts = '']) => ({ crate: `${name} ${version}`, licence, texts: texts.split(', ') }),
);

test('licences: every crate that is compiled into the wasm is named, and no other', () => {
  const crates = compiled();
  assert.ok(crates.length > 30 && crates.some((crate) => crate.startsWith('wasm-bindgen ')));
  assert.ok(!crates.some((crate) => /^(serde_derive|proptest|ts-rs) /.test(crate)), 'macros and tests are in no wasm');
  assert.deepEqual(rows.map(({ crate }) => crate), crates);
});

test('licences: each is what the crate was published under, with its texts', () => {
  const all = described();
  const found = page.matchAll(/^## Text (\d+)\n\n```text\n([^]+?)\n```$/gm);
  const texts = new Map([...found].map(([, at, text]) => [at, text]));
  for (const { crate, licence, texts: numbers } of rows) {
    assert.equal(licence, all.get(crate)?.license, crate);
    const published = numbers.map((number) => texts.get(number) ?? assert.fail(`${crate}: no text ${number}`));
    assert.ok(published.some((text) => /Permission is hereby granted|Apache License/.test(text)), crate);
  }
});

test('licences: each may be passed on', () => {
  assert.ok(mayBePassedOn('(MIT OR GPL-3.0-only) AND Unicode-3.0'));
  for (const no of ['GPL-3.0-only', 'MIT AND GPL-3.0-only', '(GPL-3.0-only OR LGPL-3.0-only) AND MIT', '']) {
    assert.ok(!mayBePassedOn(no), no);
  }
  assert.deepEqual(rows.filter(({ licence }) => !mayBePassedOn(licence)), []);
});
