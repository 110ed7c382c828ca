/** `make sbom` against the lock files: every package is in it, as it is locked. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { compiled, RUST } from '../../scripts/crates.ts';
import { foreign, installed, LOCKS, ROOT } from './locked.ts';

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly scope: string;
  readonly hashes?: ReadonlyArray<{ alg: string; content: string }>;
  readonly licenses?: readonly unknown[];
}

interface Bill {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: ReadonlyArray<{ ref: string; dependsOn: readonly string[] }>;
}

const folder = mkdtempSync(join(tmpdir(), 'tell-sbom-test-'));
const bills: Bill[] = [];
before(() => {
  execFileSync(process.execPath, [join(ROOT, 'scripts/sbom.ts'), folder]);
  for (const name of ['crates', 'npm']) {
    bills.push(JSON.parse(readFileSync(join(folder, `${name}.cdx.json`), 'utf8')) as Bill);
  }
});
after(() => rmSync(folder, { recursive: true }));

const bill = (at: number): Bill => bills[at] ?? assert.fail('it was not written');

test('sbom: every crate of the lock files is named, with its digest and its licence', () => {
  const byPurl = new Map(bill(0).components.map((component) => [component.purl, component]));
  const locked = LOCKS.flatMap(foreign);
  assert.ok(locked.length > 100);
  for (const { name, version, text } of locked) {
    const component = byPurl.get(`pkg:cargo/${name}@${version}`) ?? assert.fail(`${name} ${version} is not named`);
    const checksum = /^checksum = "(.*)"$/m.exec(text)?.[1];
    assert.deepEqual(component.hashes, [{ alg: 'SHA-256', content: checksum }], name);
    assert.equal(component.licenses?.length, 1, name);
  }
  const known = new Set(locked.map(({ name, version }) => `pkg:cargo/${name}@${version}`));
  assert.deepEqual([...byPurl.keys()].filter((purl) => purl.startsWith('pkg:cargo/') && !known.has(purl)), []);
});

test('sbom: what is compiled into the wasm is in scope, and nothing else', () => {
  const required = bill(0).components.filter(({ scope }) => scope === 'required');
  const names = required.map(({ name, version }) => `${name} ${version}`);
  assert.deepEqual(names.sort(), [...compiled(), `rust-std ${RUST}`].sort());
});

test('sbom: every npm package of the lock file is named, with its digest', () => {
  const byPurl = new Map(bill(1).components.map((component) => [decodeURIComponent(component.purl), component]));
  for (const [path, { version, integrity }] of installed) {
    const name = path.split('node_modules/').at(-1);
    const component = byPurl.get(`pkg:npm/${name}@${version}`) ?? assert.fail(`${name} ${version} is not named`);
    if (integrity === undefined) continue;
    const digest = Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex');
    assert.ok(component.hashes?.some(({ alg, content }) => alg === 'SHA-512' && content === digest), name);
  }
});

test('sbom: both are CycloneDX, and no dependency is of what they do not name', () => {
  for (const { bomFormat, specVersion, metadata, components, dependencies } of bills) {
    assert.deepEqual([bomFormat, specVersion], ['CycloneDX', '1.5']);
    const known = new Set([metadata.component, ...components].map((component) => component['bom-ref']));
    assert.equal(known.size, components.length + 1, 'each reference is of one component');
    const references = dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
    assert.deepEqual(references.filter((ref) => !known.has(ref)), []);
  }
});
