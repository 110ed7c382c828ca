/** `tell-connect init`: what it writes is what stands in examples/, and nothing of anybody's is overwritten. */

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { ROOT } from './place.ts';

const MAIN = join(ROOT, 'pkg/dist/cli/main.js');
const NAMES = ['worker', 'backend', 'browser', 'edge', 'nextjs', 'sandbox-in-a-test'];
const SHARED = '.example';

const all = mkdtempSync(join(tmpdir(), 'tell-init-'));
after(() => rmSync(all, { recursive: true, force: true }));
let folder = '';
beforeEach(() => { folder = mkdtempSync(join(all, 'in-')); });

function init(...args: readonly string[]): { out: string; err: string; code: number | null } {
  const { stdout: out, stderr: err, status: code } =
    spawnSync(process.execPath, [MAIN, 'init', ...args], { cwd: folder, encoding: 'utf8' });
  return { out, err, code };
}

const filesIn = (place: string): string[] =>
  globSync(['**', '**/.*'], { cwd: place }).filter((path) => statSync(join(place, path)).isFile()).sort();
const text = (...path: readonly string[]): string => readFileSync(join(...path), 'utf8');
const withoutKey = (settings: string): string => settings.replace(/^TELL_VAULT_KEY=.*$/m, 'TELL_VAULT_KEY=');

for (const name of NAMES) {
  test(`init writes the example ${name} byte for byte, and settings of its own beside it`, () => {
    assert.deepEqual([init('made', '--example', name).code, filesIn(folder).length > 0], [0, true]);
    const source = join(ROOT, 'examples', name);
    const tracked = execFileSync('git', ['ls-files'], { cwd: source, encoding: 'utf8' }).trim().split('\n');
    const own = tracked.filter((path) => path.endsWith(SHARED)).map((path) => path.slice(0, -SHARED.length));
    assert.deepEqual(filesIn(join(folder, 'made')), [...tracked, ...own].sort());
    for (const path of tracked) assert.equal(text(folder, 'made', path), text(source, path), path);
    for (const path of own) {
      assert.equal(withoutKey(text(folder, 'made', path)), text(source, path + SHARED), path);
      assert.equal(statSync(join(folder, 'made', path)).mode & 0o777, 0o600, path);
      const [, ignored = ''] = /^(\.dev\.vars)$/m.exec(text(source, '.gitignore')) ?? [];
      assert.ok(path.endsWith(ignored) && ignored !== '', `git sees ${path}`);
    }
  });
}

test('init makes a new vault key each time, of 32 bytes, and shows none', () => {
  const keys = ['one', 'two'].map((name) => {
    const { out } = init(name);
    const [, key = ''] = /^TELL_VAULT_KEY=(.*)$/m.exec(text(folder, name, '.dev.vars')) ?? [];
    assert.equal(Buffer.from(key, 'base64').length, 32);
    assert.ok(!out.includes(key));
    return key;
  });
  assert.notEqual(keys[0], keys[1]);
});

test('init says what to type next, and that alone', () => {
  const { out, err, code } = init('bank');
  assert.deepEqual([code, err], [0, '']);
  assert.deepEqual(out.match(/^ {2}.*$/gm), ['  cd bank', '  npm install', '  npm run dev']);
  assert.match(out, /\nThen open http:\/\/localhost:8787\.\n$/);
  mkdirSync(join(folder, 'here/.git'), { recursive: true });
  const { stdout } = spawnSync(process.execPath, [MAIN, 'init'], { cwd: join(folder, 'here'), encoding: 'utf8' });
  assert.deepEqual(stdout.match(/^ {2}.*$/gm), ['  npm install', '  npm run dev']);
});

test('init says so where Node.js is too old to run what it wrote', { skip: !statSync('/usr/bin/node', { throwIfNoEntry: false }) }, () => {
  const version = execFileSync('/usr/bin/node', ['--version'], { encoding: 'utf8' }).trim();
  const { stdout, status } = spawnSync('/usr/bin/node', [MAIN, 'init', 'bank'], { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 0);
  const isOld = Number(version.slice(1).split('.')[0]) < 22;
  assert.equal(stdout.includes(`It takes Node.js 22.12 or newer; this is ${version}.`), isOld);
});

test('init overwrites nothing: it names what is in the way', () => {
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  const { out, err, code } = init();
  assert.deepEqual([out, code, filesIn(folder)], ['', 1, ['notes.txt']]);
  assert.match(err, /^notes\.txt is there already\. Name a folder that is new or empty\.\n$/);
  const inFile = init('notes.txt');
  assert.deepEqual([inFile.code, inFile.err], [1, 'notes.txt cannot be used as a folder (ENOTDIR).\n']);
  assert.equal(text(folder, 'notes.txt'), 'mine');
});

test('init that is called wrongly says how it is called, and writes nothing', () => {
  for (const args of [['a', 'b'], ['--example'], ['--example', 'constructor'], ['--force'], ['']]) {
    const { out, err, code } = init(...args);
    assert.deepEqual([out, code], ['', 2], String(args));
    assert.match(err, /tell-connect init \[FOLDER\]/);
  }
  assert.deepEqual(filesIn(folder), []);
  assert.match(init('--help').out, /--example NAME/);
});

test('each example names the versions that are here', () => {
  const versions: Record<string, string> = {};
  for (const path of ['pkg/package.json', 'sandbox/package.json']) {
    const { name, version } = JSON.parse(text(ROOT, path)) as { name: string; version: string };
    versions[name] = version;
  }
  const installed = (name: string): string | undefined => {
    for (const place of ['.tools/examples/node_modules', 'node_modules']) {
      const manifest = join(ROOT, place, name, 'package.json');
      if (statSync(manifest, { throwIfNoEntry: false })) return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
    }
    return undefined;
  };
  for (const name of NAMES) {
    const { dependencies, devDependencies } = JSON.parse(text(ROOT, 'examples', name, 'package.json')) as Record<string, Record<string, string>>;
    for (const [wanted, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      assert.equal(version, versions[wanted] ?? installed(wanted), `${name}: ${wanted}`);
    }
  }
});
