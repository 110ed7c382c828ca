/** The Markdown files against what they speak of: links, commands, settings, codes, layout, examples. */

import assert from 'node:assert/strict';
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { mock, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { CODES, type Readings, SETTINGS } from '../../pkg/src/generated/core.ts';
import { quotedIn, tableUnder } from './diagram.ts';

const ROOT = join(import.meta.dirname, '../..');
const DOCUMENTS = [
  '*.md', 'docs/*.md', 'docs/*/*.md', 'pkg/*.md', 'worker/*.md', 'sandbox/*.md', 'examples/*/*.md', 'tests/vectors/*.md',
];
const documents = globSync(DOCUMENTS, { cwd: ROOT });

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const exists = (path: string): boolean => statSync(join(ROOT, path), { throwIfNoEntry: false }) !== undefined;
const sorted = (items: Iterable<string>): string[] => [...new Set(items)].sort();
/** What the first group matches, wherever it does. */
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found);

/** A page of the reference. */
const reference = (page: string): string => read(`docs/reference/${page}.md`);
const withoutCode = (markdown: string): string =>
  markdown.replace(/^ *```[\s\S]*?^ *```$/gm, '').replace(/`[^`\n]*`/g, '');

/** A heading's anchor, as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');

const anchorsOf = (path: string): string[] => all(read(path), /^#+ (.+)$/gm).map(anchorOf);

test('every link between the documents leads somewhere', () => {
  const broken = documents.flatMap((document) => all(withoutCode(read(document)), /\]\(([^)\s]+)\)/g)
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? document : normalize(join(dirname(document), path));
      return !exists(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    })
    .map((link) => `${document}: ${link}`));
  assert.deepEqual(broken, []);
});

test('no line of prose is wider than 120 columns', () => {
  const wide = documents.flatMap((document) => withoutCode(read(document)).split('\n')
    .filter((line) => line.length > 120 && !line.startsWith('|')).map((line) => `${document}: ${line}`));
  assert.deepEqual(wide, []);
});

test('the make targets of the reference are those of the Makefile', () => {
  const targets = all(read('Makefile'), /^([a-z]+):.*##/gm);
  const named = all(reference('commands'), /`make ([a-z]+)/g);
  assert.deepEqual(sorted(named), sorted(targets.filter((target) => target !== 'help')));
});

test('CFG-4: the settings of the reference are those that are read', () => {
  const listed = tableUnder(reference('settings'), 'Settings').flatMap(([setting = '']) => quotedIn(setting));
  assert.deepEqual(sorted(listed), sorted(SETTINGS));
});

/** Every member of a profile: a new one in Rust does not compile here before it is in this list. */
const PROFILE = {
  signQuery: true, emptyPayload: true, certificate: true, basic: true, refreshSkewSeconds: true, readsAtOnce: true,
  locationHosts: true, paymentPath: true, paymentAtAuthorise: true, paymentWatchHours: true, resources: true,
  unattendedLimit: true, unattendedHours: true, endpoint: true, pagesCountOnce: true, pageParameter: true,
  fromParameter: true, sweepReserve: true, sweepOverlapDays: true, fullHistoryMinutes: true, historyDays: true,
} satisfies Record<keyof Readings, true>;

test('the profile of the reference has the members that are read', () => {
  const listed = tableUnder(reference('profile'), 'The profile').flatMap(([member = '']) => quotedIn(member));
  assert.deepEqual(sorted(listed), sorted(Object.keys(PROFILE)));
});

/** The codes met there: thrown by the package, or answered by the worker. */
const codes = (not: 'thrown' | 'answered'): string[] =>
  Object.entries(CODES).filter(([, { met }]) => met !== not).map(([code]) => code);

test('ERR-2: the errors of the reference are those that the package throws', () => {
  const listed = tableUnder(reference('errors'), 'Errors').flatMap(([codes = '']) => quotedIn(codes));
  assert.equal(listed.length, new Set(listed).size);
  assert.deepEqual(sorted(listed), sorted(codes('answered')));
});

test('ERR-2: the problems of the reference are those that a caller is answered with, each with its status', () => {
  const rows = tableUnder(reference('problems'), 'Problems').map(([code = '', status = '']) => [quotedIn(code)[0] ?? '', status]);
  assert.deepEqual(sorted(rows.map(([code = '']) => code)), sorted(codes('thrown')));
  for (const [code = '', status] of rows) {
    // The bank's own status is passed on.
    if (code === 'gateway_refused') continue;
    assert.equal(status, String(CODES[code as keyof typeof CODES].status), code);
  }
});

test('every path of the layout exists', () => {
  const layout = reference('layout').split('```')[1] ?? '';
  const paths = all(layout, /^([A-Za-z][^\s]*)/gm);
  assert.ok(paths.length > 10);
  assert.deepEqual(paths.filter((path) => !exists(path)), []);
});

test('the licences in the package are those of the project', () => {
  for (const licence of ['LICENSE-MIT', 'LICENSE-APACHE']) {
    assert.equal(read(`pkg/${licence}`), read(licence));
    assert.ok(read('pkg/package.json').includes(`"${licence}"`), `${licence} is not in the package's files`);
  }
});

test('AUT-1: the reference’s example of tell-connect/edge runs as written', async () => {
  const example = /<!-- tested: edge -->\n```ts\n(.*?)\n```/s.exec(reference('package'))?.[1] ?? '';
  assert.notEqual(example, '');
  const asked: Request[] = [];
  mock.method(globalThis, 'fetch', async (url: string, request: RequestInit) => {
    asked.push(new Request(url, request));
    return Response.json({ 'intent-id': 'intent-1', location: 'https://auth-sandbox.tell.money/consent/intent-1' });
  });
  const said = mock.method(console, 'log', () => undefined);
  // Beside this file, so that it finds the package as a user's program would.
  const folder = mkdtempSync(join(import.meta.dirname, '.example-'));
  try {
    const file = join(folder, 'example.ts');
    writeFileSync(file, `${example}\n`);
    await import(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true });
    mock.restoreAll();
  }
  const calls = asked.map(({ method, url }) => `${method} ${url}`);
  assert.deepEqual(calls, ['POST https://auth-sandbox.tell.money/v1/authorise']);
  assert.ok(asked[0]?.headers.has('x-jws-signature'));
  assert.match(String(said.mock.calls[0]?.arguments), /^Keep [0-9a-f-]{36} and intent-1 .*\/consent\/intent-1$/);
});
