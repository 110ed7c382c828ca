/**
 * Writes what the project is made of into a folder, as CycloneDX 1.5: `crates.cdx.json` and `npm.cdx.json`.
 *
 * Both are from the lock files, with their digests. What is only built or tested with is there too, out of scope:
 * `excluded` for crates that are not compiled into the wasm, `optional` for npm packages that ours does not need.
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compiled, type Crate, isForeign, metadata, read, RUST } from './crates.ts';

const MANIFESTS = ['Cargo.toml', 'tools/wasm-bindgen/Cargo.toml', 'benches/floor/Cargo.toml'];
const STD = {
  type: 'library', 'bom-ref': `pkg:generic/rust-std@${RUST}`, name: 'rust-std', version: RUST, scope: 'required',
  purl: `pkg:generic/rust-std@${RUST}`, licenses: [{ expression: 'MIT OR Apache-2.0' }],
};

/** SHA-256 of each published crate of a lock file, by `name version`. */
function checksums(lock: string): Map<string, string> {
  const crates = read(lock).matchAll(/^name = "(.+)"\nversion = "(.+)"\nsource = .+\nchecksum = "(.+)"$/gm);
  return new Map([...crates].map(([, name, version, checksum = '']) => [`${name} ${version}`, checksum]));
}

const refOf = ({ name, version }: Crate): string => `pkg:cargo/${name}@${version}`;

function crates(): object {
  const inWasm = new Set(compiled());
  const components = new Map<string, object>();
  const dependencies = new Map<string, Set<string>>();
  let own: Crate | undefined;
  for (const manifest of MANIFESTS) {
    const digests = checksums(manifest.replace('.toml', '.lock'));
    const { packages, resolve } = metadata(manifest);
    own ??= packages.find(({ name }) => name === 'tell-connect')!;
    // All of our own crates are one: the component that the bill is of.
    const refs = new Map(packages.map((crate) => [crate.id, refOf(isForeign(crate) ? crate : own!)]));
    for (const crate of packages.filter(isForeign)) {
      const { name, version, license, repository } = crate;
      const key = `${name} ${version}`;
      components.set(refOf(crate), {
        type: 'library', 'bom-ref': refOf(crate), name, version, purl: refOf(crate),
        scope: inWasm.has(key) ? 'required' : 'excluded',
        hashes: [{ alg: 'SHA-256', content: digests.get(key) }],
        // An older way of writing OR.
        licenses: license === null ? [] : [{ expression: license.replaceAll('/', ' OR ') }],
        externalReferences: repository === null ? [] : [{ type: 'vcs', url: repository }],
      });
    }
    for (const node of resolve.nodes) {
      const ref = refs.get(node.id)!;
      const known = dependencies.get(ref) ?? new Set();
      for (const id of node.dependencies) known.add(refs.get(id)!);
      dependencies.set(ref, known);
    }
  }
  const ref = refOf(own!);
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json', bomFormat: 'CycloneDX', specVersion: '1.5', version: 1,
    metadata: { component: {
      type: 'library', 'bom-ref': ref, name: own!.name, version: own!.version, licenses: [{ expression: own!.license }],
    } },
    components: [...components.values(), STD],
    dependencies: [...dependencies].map(([ref, on]) => ({ ref, dependsOn: [...on].filter((other) => other !== ref) })),
  };
}

/** npm's own, of a copy: it takes no package without a version, and those of the workspace have none. */
function npm(): string {
  const place = mkdtempSync(join(tmpdir(), 'tell-sbom-'));
  // It is named after its folder.
  const copy = join(place, 'tell-connect');
  try {
    const { version } = JSON.parse(read('pkg/package.json')) as { version: string };
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { version?: string }> };
    for (const [folder, locked] of Object.entries(lock.packages)) {
      if (folder.includes('node_modules/')) continue;
      locked.version ??= version;
      const manifest = join(folder, 'package.json');
      mkdirSync(dirname(join(copy, manifest)), { recursive: true });
      writeFileSync(join(copy, manifest), JSON.stringify({ version, ...JSON.parse(read(manifest)) as object }));
    }
    writeFileSync(join(copy, 'package-lock.json'), JSON.stringify(lock));
    const told = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'library', '--package-lock-only'];
    return execFileSync('npm', told, { cwd: copy, encoding: 'utf8', maxBuffer: 1 << 28 });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

const folder = process.argv[2]!;
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'crates.cdx.json'), `${JSON.stringify(crates(), null, 2)}\n`);
writeFileSync(join(folder, 'npm.cdx.json'), npm());
