/** What the lock files name. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');
export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export interface Locked {
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly version?: string;
}

/** Every npm package by its folder, those of this repository among them. */
export const packages = Object.entries(
  (JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }).packages,
);

/** Those that come from the registry. */
export const installed = packages.filter(([path, { link }]) => path.includes('node_modules/') && link !== true);

/** npm's lock files: the project's own, the examples' and the matrix's. */
export const NPM_LOCKS = ['package-lock.json', 'tests/examples/package-lock.json', 'tests/matrix/package-lock.json'];

/** The lock files of crates: of those that are shipped, of the tools that build them, of what is measured against. */
export const LOCKS = ['Cargo.lock', 'tools/wasm-bindgen/Cargo.lock', 'benches/floor/Cargo.lock'];

/** Name, version and the text of each crate in a lock file, our own among them. */
export const crates = (path: string): Array<{ name: string; version: string; text: string }> =>
  read(path).split('[[package]]\n').slice(1).map((text) => ({
    name: /^name = "(.*)"/m.exec(text)?.[1] ?? '', version: /^version = "(.*)"/m.exec(text)?.[1] ?? '', text,
  }));

/** Those that are not our own: whatever has a source comes from there, and with a digest. */
export const foreign = (path: string): ReturnType<typeof crates> =>
  crates(path).filter(({ text }) => /^source = /m.test(text));
