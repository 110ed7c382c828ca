/** A project of its own, elsewhere on the disk, that has the packed package installed as its users have. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface Packed {
  readonly tarball: string;
  /** Paths in the package, sorted. */
  readonly files: readonly string[];
}

export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'tell-package-'));
  readonly packed: Packed;

  /** `source`: the folder of the repository that is packed. */
  constructor(source = 'pkg') {
    this.packed = this.#pack(join(ROOT, source));
    this.write('package.json', '{ "name": "consumer", "private": true, "type": "module" }\n');
    const quietly = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    this.#npm(this.folder, 'install', ...quietly, this.packed.tarball);
  }

  /** Writes a file, its folders included, and gives back where it is. */
  write(path: string, text: string): string {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** Lends it a development package of this repository's. */
  lend(name: string): void {
    const place = join(this.folder, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), place);
  }

  /** Runs a script with this Node, and gives what it prints. */
  run(path: string): string {
    return execFileSync(process.execPath, [path], { cwd: this.folder, encoding: 'utf8' });
  }

  /** Type-checks files as strictly as can be; what the compiler has to say, or nothing. */
  check(files: readonly string[], options: object, tsc = join(ROOT, 'node_modules/typescript/bin/tsc')): string {
    const compilerOptions = {
      strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, verbatimModuleSyntax: true,
      noPropertyAccessFromIndexSignature: true, isolatedModules: true, skipLibCheck: false,
      noEmit: true, target: 'es2022', types: [], ...options,
    };
    const config = this.write('tsconfig.json', JSON.stringify({ compilerOptions, files }));
    try {
      return execFileSync(process.execPath, [tsc, '-p', config], { encoding: 'utf8' });
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #pack(source: string): Packed {
    const told = this.#npm(source, 'pack', '--json', '--ignore-scripts', '--pack-destination', this.folder);
    const [packed] = JSON.parse(told) as Array<{ filename: string; files: Array<{ path: string }> }>;
    if (packed === undefined) throw new Error('npm has packed nothing');
    return { tarball: join(this.folder, packed.filename), files: packed.files.map(({ path }) => path).toSorted() };
  }

  #npm(folder: string, ...args: string[]): string {
    return execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }
}
