/**
 * Prints each rule of the protocol with the tests that name it, and fails when one has none or a title names a rule
 * that does not exist. `--all` prints every title.
 *
 * A Rust test names its rule at the beginning of its function's name (`jws_4_refuses_…`), any other at the beginning of
 * its title, several separated by commas or spaces (`JWS-4, ERR-2: refuses …`).
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['src', 'tests', 'sandbox/test', 'www/test', 'pkg'];
const SKIPPED = new Set(['node_modules', 'dist', 'generated', 'target', 'vectors']);

/** Rules that must have a test, by family: how far they are numbered, and those beside the numbers. */
const REQUIRED = rulesOf({
  CFG: 4, ENV: 5, JWS: 10, BAS: 2, AUT: 4, RED: [1, 2, '2a', 3, 4], TOK: 5, REF: 3, REV: 1, ACC: [1, 3, 4], ERR: 3,
});
/** Rules that may be named. */
const OPTIONAL = rulesOf({ ACC: [2], PAY: 3, STA: 1, LIV: 1 });
const FAMILIES = [...new Set([...REQUIRED, ...OPTIONAL].map((rule) => rule.slice(0, 3).toLowerCase()))].join('|');

function rulesOf(families) {
  return Object.entries(families).flatMap(([family, numbers]) => {
    const list = typeof numbers === 'number' ? Array.from({ length: numbers }, (_, at) => at + 1) : numbers;
    return list.map((number) => `${family}-${number}`);
  });
}

function* files(folder) {
  let entries;
  try {
    entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  } catch {
    return; // A part of the project may be absent.
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) yield* files(path);
    if (entry.isFile() && path !== 'tests/rules.mjs' && /\.(rs|[mc]?[jt]s)$/.test(path)) yield path;
  }
}

/** Titles of tests: Rust functions right under their attribute, `proptest!` ones among them. */
const RUST = /#\[(?:test|wasm_bindgen_test)\]\s*(?:#\[[^\]]*\]\s*)*(?:async\s+)?fn\s+(\w+)/g;
/** First arguments of `test` and `it`, and the names in tables of tests that several runners share. */
const SCRIPT = /(?:\b(?:test|it)(?:\.\w+)?\(\s*|\bname:\s*(?=['"`][A-Z]{3}-\d))(['"`])((?:\\.|(?!\1)[^\\])*)\1/g;

function* titles(path) {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const rust = path.endsWith('.rs');
  for (const match of text.matchAll(rust ? RUST : SCRIPT)) {
    const title = rust ? match[1] : match[2];
    yield { title, path, rules: rust ? rustRules(title) : scriptRules(title) };
  }
}

function rustRules(name) {
  const [beginning = ''] = new RegExp(`^[a-z]{3}_\\d+[a-z]?_(?:(?:${FAMILIES})_\\d+[a-z]?_)*`).exec(name) ?? [];
  const rules = [...beginning.matchAll(/([a-z]{3})_(\d+[a-z]?)_/g)];
  return rules.map(([, family, number]) => `${family.toUpperCase()}-${number}`);
}

function scriptRules(title) {
  const [beginning = ''] = /^[A-Z]{3}-\d+[a-z]?(?:[,\s]\s*[A-Z]{3}-\d+[a-z]?)*/.exec(title) ?? [];
  return beginning.match(/[A-Z]{3}-\d+[a-z]?/g) ?? [];
}

const tests = FOLDERS.flatMap((folder) => [...files(folder)]).flatMap((path) => [...titles(path)]);
const byRule = new Map();
for (const test of tests) {
  for (const rule of test.rules) byRule.set(rule, [...(byRule.get(rule) ?? []), test]);
}
const all = process.argv.includes('--all');

for (const rule of [...REQUIRED, ...OPTIONAL.filter((known) => byRule.has(known))]) {
  const named = byRule.get(rule) ?? [];
  const line = `${rule.padEnd(7)}${String(named.length).padStart(4)}  `;
  if (all) {
    console.log([line.trimEnd(), ...named.map(({ title, path }) => `  ${title}  (${path})`)].join('\n'));
  } else {
    console.log(line + (named.slice(0, 2).map(({ title }) => title).join(' · ') || 'NO TEST'));
  }
}

const faults = [
  ...REQUIRED.filter((rule) => !byRule.has(rule)).map((rule) => `${rule} has no test.`),
  ...[...byRule]
    .filter(([rule]) => !REQUIRED.includes(rule) && !OPTIONAL.includes(rule))
    .flatMap(([rule, named]) => named.map(({ title, path }) => `${path}: "${title}" names ${rule}, which is no rule.`)),
];
const withRule = tests.filter(({ rules }) => rules.length > 0).length;
console.log(`\n${REQUIRED.length} rules, ${tests.length} tests, ${withRule} of them of a rule`);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
