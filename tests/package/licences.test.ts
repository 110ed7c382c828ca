/** THIRD-PARTY.md of the package: every crate that is compiled into the wasm, with a licence that may be passed on. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { compiled, described, read } from '../../scripts/crates.ts';
import { ROOT } from './project.ts';

const ALLOWED = new Set(['MIT', 'Apache-2.0', 'Unicode-3.0', 'Zlib', 'BSD-3-Clause', 'ISC']);

/** Whether an SPDX expression leaves a choice in which every licence is allowed. */
function mayBePassedOn(expression: string): boolean {
  const flat = expression.replace(/\(([^()]*)\)/g, (_, inner: string) => (mayBePassedOn(inner) ? 'MIT' : 'refused'));
  return flat.split(' OR ').some((choice) => choice.split(' AND ').every((name) => ALLOWED.has(name)));
}

const page = readFileSync(join(ROOT, 'pkg/THIRD-PARTY.md'), 'utf8');
const found = page.matchAll(/^## Text (\d+)\n\n```text\n([^]+?)\n```$/gm);
const textOf = new Map([...found].map(([, at, text]) => [at, text]));
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
  for (const { crate, licence, texts: numbers } of rows) {
    assert.equal(licence, all.get(crate)?.license, crate);
    const published = numbers.map((number) => textOf.get(number) ?? assert.fail(`${crate}: no text ${number}`));
    assert.ok(published.some((text) => /Permission is hereby granted|Apache License/.test(text)), crate);
  }
});

test('licences: a crate that was published without a text has the standard one, with the names of its authors', () => {
  const all = described();
  const without = rows.filter(({ crate }) => {
    const files = readdirSync(dirname(all.get(crate)!.manifest_path));
    return !files.some((file) => /^(licen[cs]e|copying|copyright|unlicense|notice)/i.test(file));
  });
  const [from, ...words] = read('LICENSE-MIT').trim().split(/^Copyright .*$/m);
  for (const { crate, texts } of without) {
    const names = all.get(crate)!.authors.map((author) => author.replace(/ <[^>]*>/, '')).join(', ');
    assert.match(names, /\w/, crate);
    const standard = `${from}Copyright (c) ${names}${words.join('')}`;
    assert.deepEqual(texts.map((number) => textOf.get(number)), [standard], crate);
  }
  assert.deepEqual(without.map(({ crate }) => crate.split(' ')[0]), ['iban_validate']);
});

test('licences: each may be passed on', () => {
  assert.ok(mayBePassedOn('(MIT OR GPL-3.0-only) AND Unicode-3.0'));
  for (const no of ['GPL-3.0-only', 'MIT AND GPL-3.0-only', '(GPL-3.0-only OR LGPL-3.0-only) AND MIT', '']) {
    assert.ok(!mayBePassedOn(no), no);
  }
  assert.deepEqual(rows.filter(({ licence }) => !mayBePassedOn(licence)), []);
});
