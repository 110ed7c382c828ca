import assert from 'node:assert/strict';
import { hasFirefox, inChromium, inFirefox, type Look } from '../browsers.ts';
import { INDEX, REQUIRING } from '../programs.ts';
import type { Row } from '../row.ts';
import { folderOf, PINNED, versionOf } from '../tools.ts';

const IMPORTS = {
  'tell-connect': './tell-connect/dist/browser.js', 'tell-connect/views': './tell-connect/dist/views/browser.js',
};
const PAGE = INDEX.replace('<script', `<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>\n<script`);

/** A page without any tool: the package's files beside it, found by an import map. */
const script = (browser: string, look: Look, missing: Row['missing'] = () => false): Row => ({
  tool: `\`<script type="module">\` in ${browser}`, version: 'Debian 12', runs: 'page', missing,
  write: 'an import map: `"tell-connect": "./tell-connect/dist/browser.js"`',
  async run(place) {
    place.write('index.html', PAGE);
    place.copy('tell-connect');
    await place.works('.', look);
  },
});

/** Node.js, in both of its module systems. */
const node = (version: string, program: () => string | undefined): Row => ({
  tool: `Node.js, \`import\` and \`require\``, version, runs: 'server',
  missing: () => program() === undefined && 'npm has no such Node.js for this platform',
  async run(place) {
    await place.signs('server.js', program());
    place.write('server.cjs', REQUIRING);
    await place.signs('server.cjs', program());
  },
});

/** A Node.js of the matrix's own. */
const installed = (name: string): Row => node(versionOf(name), () => {
  const folder = folderOf(name);
  return folder && `${folder}/bin/node`;
});

const DENO = '@deno/linux-x64-glibc';
const BUN = '@oven/bun-linux-x64';
const lacksBun = (): string | false => folderOf(BUN) === undefined && 'npm has no Bun for this platform';
const bun = (): string => `${folderOf(BUN)}/bin/bun`;

export const runtimes: readonly Row[] = [
  script('Chromium', inChromium),
  script('Firefox', inFirefox, () => !hasFirefox() && 'Firefox is not installed'),
  installed('node-20'),
  installed('node-22'),
  node(PINNED, () => process.execPath),
  installed('node-26'),
  {
    tool: 'Deno', version: versionOf(DENO), runs: 'server',
    missing: () => folderOf(DENO) === undefined && 'npm has no Deno for this platform',
    run: (place) => place.signs('server.js', `${folderOf(DENO)}/deno`, 'run', '--node-modules-dir=manual'),
  },
  {
    tool: 'Bun', version: versionOf(BUN), runs: 'server',
    missing: lacksBun,
    run: (place) => place.signs('server.js', bun(), 'run'),
  },
  {
    tool: '`bun build`', version: versionOf(BUN), runs: 'page',
    missing: lacksBun,
    async run(place) {
      await place.run(bun(), 'build', 'page.js', '--target=browser', '--outdir=out');
      place.write('out/index.html', INDEX);
      await place.works('out');
    },
  },
  {
    tool: '`bun build --target=bun`', version: versionOf(BUN), runs: 'server',
    missing: lacksBun,
    async run(place) {
      await place.run(bun(), 'build', 'server.js', '--target=bun', '--outdir=out');
      await place.signs('out/server.js', bun(), 'run');
    },
  },
  {
    tool: '`bun build --target=node`', version: versionOf(BUN), runs: 'server', write: '`--conditions=module`',
    missing: lacksBun,
    async run(place) {
      const args = ['build', 'server.js', '--target=node', '--outdir=out'];
      await place.run(bun(), ...args);
      await assert.rejects(place.signs('out/server.js'), /wasm_missing/);
      await place.run(bun(), ...args, '--conditions=module');
      await place.signs('out/server.js');
    },
  },
];
