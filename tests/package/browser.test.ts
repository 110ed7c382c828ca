/** What a page is given: how little it is, and that nothing of it could sign or carry a token. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from './project.ts';
import { WORDS, sha256In, wasmWithin, wordsIn } from './scan.ts';

/** Bytes, compressed as `gzip -9` does. */
const LIMITS = {
  browser: 32_000, views: 40_000, edge: 160_000, machine: 160_000, statistics: 160_000, doctor: 160_000, page: 60_000,
};

const read = (path: string): Buffer => readFileSync(join(ROOT, path));
/** By the program itself: what Node.js has of zlib makes some of it half a percent longer. */
const gzipped = (bytes: Buffer): number => execFileSync('gzip', ['-9c'], { input: bytes }).length;
const all = (folder: string): Buffer => Buffer.concat(
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.d.ts'))
    .map(({ name }) => read(`${folder}/${name}`)),
);

const browser = Buffer.concat([
  all('pkg/generated/browser'), read('pkg/dist/browser.js'), all('pkg/generated/views'), read('pkg/dist/views/browser.js'),
]);

test('JWS-1, BAS-1, TOK-1: what a browser may load holds no SHA-256, no credentials’ words and no token code', () => {
  assert.equal(sha256In(browser), 0);
  assert.deepEqual(wordsIn(browser), []);
  assert.doesNotMatch(browser.toString('latin1'), /hmac|sha-?256|crypto\.subtle|importKey/i);
});

test('JWS-1: the wasm within the scripts of a browser is the one that was scanned, and no other', () => {
  for (const [script, name] of [['browser.js', 'browser'], ['views/browser.js', 'views']] as const) {
    assert.deepEqual(wasmWithin(read(`pkg/dist/${script}`)), [read(`pkg/generated/${name}/tell_connect_bg.wasm`)]);
  }
});

for (const name of ['edge', 'machine']) {
  test(`JWS-1, BAS-1, TOK-1: the same scan finds all of it in the build of the ${name}`, () => {
    const build = all(`pkg/generated/${name}`);
    assert.equal(sha256In(build), 72);
    // The gateway takes the secret in Basic alone.
    assert.deepEqual(wordsIn(build), WORDS.filter((word) => word !== 'client_secret'));
  });
}

test('JWS-1: no crate that could sign is in the dependencies of what a browser may load', () => {
  const args = ['tree', '--locked', '-p', 'tell-connect-browser', '-p', 'tell-connect-views', '-e', 'normal', '--prefix',
    'none', '--target', 'wasm32-unknown-unknown'];
  const crates = execFileSync('cargo', args, { cwd: ROOT, encoding: 'utf8' }).split('\n').map((line) => line.split(' ')[0]);
  assert.ok(crates.includes('tell-connect') && crates.length > 10, crates.join());
  assert.deepEqual(crates.filter((crate) => /^(hmac|sha2|digest|zeroize|subtle)$/.test(crate ?? '')), []);
});

test('JWS-1, BAS-1, TOK-1: the page’s bundle holds no such code either', () => {
  // The simulator's thread apart, which no view but its own loads: the core is in there, and every secret is made up.
  const bundle = all('www/dist/assets');
  const builds = ['browser', 'views'].map((name) => read(`pkg/generated/${name}/tell_connect_bg.wasm`));
  const within = wasmWithin(bundle);
  assert.ok(within.length > 0 && within.every((wasm) => builds.some((build) => build.equals(wasm))), 'the wasm in it');
  assert.equal(sha256In(bundle), 0);
  assert.doesNotMatch(bundle.toString('latin1'), /hmac|crypto\.subtle|importKey/i);
  // The page explains the protocol, so it may name Bearer and x-jws-signature; it never shapes a token call.
  assert.deepEqual(wordsIn(bundle).filter((word) => !['Bearer ', 'x-jws-signature'].includes(word)), []);
});

test('size: the page’s first view stays within its limit, and has neither what draws accounts, statistics, the console nor the simulator in it', (t) => {
  const html = read('www/dist/index.html');
  // What a browser goes on to load is counted in Chromium (tests/journey/weight.test.ts).
  const linked = [...html.toString().matchAll(/(?:src|href)="\/([^"#]+\.\w+)"/g)].map(([, path]) => read(`www/dist/${path}`));
  const size = [html, ...linked].reduce((sum, bytes) => sum + gzipped(bytes), 0);
  t.diagnostic(`page: ${size} of ${LIMITS.page} bytes, gzipped`);
  assert.ok(linked.length >= 3 && size <= LIMITS.page, `${size} bytes for the first view`);
  const text = Buffer.concat(linked);
  assert.ok(!text.includes('flow-month'), 'what draws accounts');
  assert.ok(!text.includes('Average Request Time'), 'the tables of the statistics');
  assert.ok(!text.includes('sim-violation'), 'the simulator');
  assert.ok(!text.includes('Copy as'), 'the console');
});

test('size: each build stays within its limit', (t) => {
  for (const [name, script] of [['browser', 'browser.js'], ['views', 'views/browser.js']] as const) {
    const bytes = gzipped(read(`pkg/dist/${script}`)) + gzipped(read('pkg/dist/error.js'));
    t.diagnostic(`${name}: ${bytes} of ${LIMITS[name]} bytes JavaScript with the wasm within, gzipped`);
    assert.ok(bytes <= LIMITS[name], `${bytes} bytes for the ${name} in a browser`);
  }
  for (const name of ['edge', 'machine', 'statistics', 'doctor'] as const) {
    const bytes = gzipped(read(`pkg/generated/${name}/tell_connect_bg.wasm`));
    t.diagnostic(`${name}: ${bytes} of ${LIMITS[name]} bytes wasm, gzipped`);
    assert.ok(bytes <= LIMITS[name], `${bytes} bytes for the ${name}`);
  }
});
