/**
 * Holds the rules of docs/protocol.md against the tests and against every file that cites one. Prints each rule with
 * the tests that name it; `--all` prints every title. It fails when
 *
 * - a rule has no test, unless the page marks it *(not yet)*,
 * - a marked rule has a test,
 * - a test names a rule, or a file cites one, that does not exist.
 *
 * A Rust test names its rule at the beginning of its function's name (`jws_4_refuses_…`), any other at the beginning of
 * its title, several separated by commas or spaces (`JWS-4, ERR-2: refuses …`).
 *
 * `node tests/rules.mjs [--all] [FOLDER]`: FOLDER holds the project, this one by default.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const options = process.argv.slice(2);
const all = options.includes('--all');
const root = options.find((option) => !option.startsWith('--')) ?? join(import.meta.dirname, '..');

const PAGE = 'docs/protocol.md';
const SKIPPED = new Set(['node_modules', 'dist', 'generated', 'target']);
/** The bank's side may follow a rule before the package does: its tests leave the mark. */
const BANK_SIDE = /^(sandbox|tests\/gateway)\//;

function* files(folder = '') {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder + entry.name;
    if (entry.name.startsWith('.') || SKIPPED.has(entry.name)) continue;
    if (entry.isDirectory()) yield* files(`${path}/`);
    if (entry.isFile() && /\.(rs|[mc]?[jt]s|md|sh|html)$/.test(path)) yield path;
  }
}

const sources = [...files()].sort().map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
sources.sort((a, b) => Number(BANK_SIDE.test(a.path)) - Number(BANK_SIDE.test(b.path)));

const rows = [...readFileSync(join(root, PAGE), 'utf8').matchAll(/^\| ([A-Z]{3}-\d+[a-z]?)( \*\(not yet\)\*)?(?= )/gm)];
const rules = new Map(rows.map(([, rule, mark]) => [rule, { marked: mark !== undefined, tests: [] }]));
const families = [...new Set([...rules.keys()].map((rule) => rule.slice(0, 3)))];
const upper = families.join('|');
const lower = upper.toLowerCase();

/** Titles of tests: Rust functions right under their attribute, `proptest!` ones among them. */
const RUST = /#\[(?:test|wasm_bindgen_test)\]\s*(?:#\[[^\]]*\]\s*)*(?:async\s+)?fn\s+(\w+)/g;
/** First arguments of `test` and `it`, and the names in tables of tests that several runners share. */
const SCRIPT = /(?:\b(?:test|it)(?:\.\w+)?\(\s*|\bname:\s*(?=['"`][A-Z]{3}-\d))(['"`])((?:\\.|(?!\1)[^\\])*)\1/g;

function titles(path, text) {
  if (path.endsWith('.rs')) return [...text.matchAll(RUST)].map(([, title]) => ({ title, names: rustRules(title) }));
  if (/\.(md|sh|html)$/.test(path)) return [];
  return [...text.matchAll(SCRIPT)].map(([, , title]) => ({ title, names: scriptRules(title) }));
}

function rustRules(name) {
  const [beginning = ''] = new RegExp(`^[a-z]{3}_\\d+[a-z]?_(?:(?:${lower})_\\d+[a-z]?_)*`).exec(name) ?? [];
  return [...beginning.matchAll(/([a-z]{3})_(\d+[a-z]?)_/g)].map(([, ...parts]) => ruleOf(...parts));
}

function scriptRules(title) {
  const [beginning = ''] = /^[A-Z]{3}-\d+[a-z]?(?:[,\s]\s*[A-Z]{3}-\d+[a-z]?)*/.exec(title) ?? [];
  return beginning.match(/[A-Z]{3}-\d+[a-z]?/g) ?? [];
}

const ruleOf = (family, number) => `${family.toUpperCase()}-${number}`;

/** Every rule of a known family that a text speaks of, with its line: `TOK-5`, or `tok_5_` before a test's words. */
function* citations(text) {
  const pattern = new RegExp(`(?<![A-Za-z0-9])(?:(?:${upper})-\\d+[a-z]?\\b|(?:${lower})_\\d+[a-z]?(?=_))`, 'g');
  for (const [index, line] of text.split('\n').entries()) {
    for (const [found] of line.matchAll(pattern)) yield { rule: ruleOf(...found.split(/[-_]/)), line: index + 1 };
  }
}

const faults = [];
const tests = sources.flatMap(({ path, text }) => titles(path, text).map((test) => ({ path, ...test })));
for (const test of tests) {
  for (const name of test.names) {
    rules.get(name)?.tests.push(test);
    if (families.includes(name.slice(0, 3))) continue; // The citations tell of it.
    faults.push(`${test.path}: "${test.title}" names ${name}, which does not exist.`);
  }
}
for (const { path, text } of sources) {
  for (const { rule, line } of citations(text)) {
    if (!rules.has(rule)) faults.push(`${path}:${line}: cites ${rule}, which does not exist.`);
  }
}
for (const [rule, { marked, tests }] of rules) {
  const own = tests.find(({ path }) => !BANK_SIDE.test(path));
  if (marked && own) faults.push(`${rule} is marked "not yet" and has a test: "${own.title}" (${own.path}).`);
  if (!marked && tests.length === 0) faults.push(`${rule} has no test.`);
}
for (const rule of new Set(rows.map(([, name]) => name).filter((name, at, names) => names.indexOf(name) !== at))) {
  faults.push(`${rule} stands in ${PAGE} more than once.`);
}
if (rules.size === 0) faults.push(`${PAGE} has no rule.`);

for (const [rule, { marked, tests }] of rules) {
  const line = `${rule.padEnd(7)}${String(tests.length).padStart(4)}  ${marked ? 'not yet  ' : ''}`;
  if (all) {
    console.log([line.trimEnd(), ...tests.map(({ title, path }) => `  ${title}  (${path})`)].join('\n'));
  } else {
    const shown = tests.slice(0, 2).map(({ title }) => title).join(' · ');
    console.log((line + (shown || (marked ? '' : 'NO TEST'))).trimEnd());
  }
}
const notYet = [...rules.values()].filter(({ marked }) => marked).length;
const withRule = tests.filter(({ names }) => names.length > 0).length;
const ofRules = `${rules.size} rules, ${notYet} of them not yet built`;
console.log(`\n${ofRules}; ${tests.length} tests, ${withRule} of them of a rule`);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
