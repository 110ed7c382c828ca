/** The crates of the project: which are compiled into the wasm, and what is said of each. */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');
export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The version of Rust whose standard library is compiled into the wasm as well. */
export const RUST = /^channel = "(.*)"/m.exec(read('rust-toolchain.toml'))![1]!;

const WASM = ['browser', 'views', 'edge', 'machine', 'statistics', 'doctor'].map((name) => `tell-connect-${name}`);

/** A crate as cargo describes it. */
export interface Crate {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly license: string | null;
  /** Each as `name <address>`. */
  readonly authors: readonly string[];
  readonly repository: string | null;
  /** Where it comes from; `null` for our own. */
  readonly source: string | null;
  /** Where its Cargo.toml is on this machine. */
  readonly manifest_path: string;
}

const cargo = (...args: string[]): string =>
  execFileSync('cargo', [...args, '--locked'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 });

/** `name version` of each foreign crate that is compiled into the wasm, sorted. Macros run at build and are in none. */
export function compiled(): string[] {
  const trees = WASM.map((crate) => cargo('tree', '--package', crate, '--target', 'wasm32-unknown-unknown',
    '--edges', 'normal,no-proc-macro', '--prefix', 'none', '--format', '{p}'));
  const crates = [...trees.join('').matchAll(/^(\S+) v(\S+)/gm)].map(([, name, version]) => `${name} ${version}`);
  return [...new Set(crates)].filter((crate) => !crate.startsWith('tell-connect')).sort();
}

/** What cargo tells of a lock file's crates, and which depends on which, by the ids that it gives them. */
export interface Described {
  readonly packages: readonly Crate[];
  readonly resolve: { readonly nodes: readonly { readonly id: string; readonly dependencies: readonly string[] }[] };
}

/** Every crate of the lock file that belongs to a Cargo.toml, our own among them. */
export function metadata(manifest = 'Cargo.toml'): Described {
  return JSON.parse(cargo('metadata', '--format-version', '1', '--manifest-path', manifest)) as Described;
}

/** Whether it comes from the registry. */
export const isForeign = ({ source }: Crate): boolean => source !== null;

/** Each foreign crate, by `name version`. */
export function described(): Map<string, Crate> {
  const named = metadata().packages.map((crate) => [`${crate.name} ${crate.version}`, crate] as const);
  return new Map(named.filter(([, crate]) => isForeign(crate)));
}
