/**
 * An empty folder with both packages, packed as npm would have them, and below it whatever an example needs: the packages
 * of this folder's lock file and of the repository's. `npm install` in a test is therefore nothing.
 */

import { execFileSync } from 'node:child_process';
import { chmodSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { freePort } from '../rig/port.ts';
import type { Lines } from './lines.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
const INSTALLED = join(ROOT, '.tools/examples');
const PACKAGES = { 'tell-connect': 'pkg', 'tell-connect-sandbox': 'sandbox/dist' };

export class Place {
  readonly folder = mkdtempSync(join(INSTALLED, 'place-'));

  constructor() {
    for (const [name, source] of Object.entries(PACKAGES)) this.#install(name, join(ROOT, source));
  }

  /** Writes an example by the guide's line; where it is. */
  written({ init, folder }: Lines): string {
    this.run(this.folder, ...init);
    return join(this.folder, folder);
  }

  /** Runs a program there, and gives what it prints. */
  run(folder: string, ...line: readonly string[]): string {
    const [program = '', ...args] = line;
    try {
      return execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${line.join(' ')}: ${stdout}${stderr}`, { cause: error });
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #install(name: string, source: string): void {
    const packed = this.run(source, 'npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', this.folder).trim();
    const place = join(this.folder, 'node_modules', name);
    mkdirSync(place, { recursive: true });
    this.run(this.folder, 'tar', '-xzf', packed, '--strip-components=1', '-C', place);
    rmSync(join(this.folder, packed));
    const { bin } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as { bin: Record<string, string> };
    for (const [command, file] of Object.entries(bin)) {
      const link = join(this.folder, 'node_modules/.bin', command);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join('../', name, file), link);
      chmodSync(join(place, file), 0o755);
    }
  }
}

/** Has an example use other ports than 8787 and 8788, which may be in use here; its own one. */
export async function moved(example: string): Promise<number> {
  const ports = { 8787: await freePort(), 8788: await freePort() };
  for (const path of globSync(['**', '**/.*'], { cwd: example })) {
    const file = join(example, path);
    if (!statSync(file).isFile()) continue;
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll('8787', String(ports[8787])).replaceAll('8788', String(ports[8788])));
  }
  return ports[8787];
}
