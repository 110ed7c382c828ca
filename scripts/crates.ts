/** The crates of the project: which are compiled into the wasm, and what is said of each. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');
const WASM = ['tell-connect-browser', 'tell-connect-server'];

/** A crate as cargo describes it. */
export interface Crate {
  readonly name: string;
  readonly version: string;
  readonly license: string | null;
  readonly repository: string | null;
  /** Where its Cargo.toml is on this machine. */
  readonly manifest_path: string;
}

const cargo = (...args: string[]): string =>
  execFileSync('cargo', [...args, '--locked'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 });

const isForeign = (crate: string): boolean => !crate.startsWith('tell-connect');

/** `name version` of each foreign crate that is compiled into the wasm, sorted. Macros run at build and are in none. */
export function compiled(): string[] {
  const trees = WASM.map((crate) => cargo('tree', '--package', crate, '--target', 'wasm32-unknown-unknown',
    '--edges', 'normal,no-proc-macro', '--prefix', 'none', '--format', '{p}'));
  const crates = [...trees.join('').matchAll(/^(\S+) v(\S+)/gm)].map(([, name, version]) => `${name} ${version}`);
  return [...new Set(crates)].filter(isForeign).sort();
}

/** Each foreign crate of a lock file, by `name version`. */
export function described(manifest = 'Cargo.toml'): Map<string, Crate> {
  const told = cargo('metadata', '--format-version', '1', '--manifest-path', manifest);
  const { packages } = JSON.parse(told) as { packages: Crate[] };
  const named = packages.map((crate) => [`${crate.name} ${crate.version}`, crate] as const);
  return new Map(named.filter(([crate]) => isForeign(crate)));
}
