/**
 * Builds the npm package `tell-connect-sandbox` into sandbox/dist, a folder to run `npm pack` in. The workspace has a
 * manifest of its own beside the sources, which Node compiles as it goes; nobody's node_modules can have that.
 */

import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type Metafile, build } from 'esbuild';

const [FROM, TO, SCRATCH] = ['sandbox/src', 'sandbox/dist', process.argv[2] ?? 'target/sandbox'];

/** What can be imported, and the source that it is made from. */
const ENTRIES = { index: 'node', faults: 'faults', worker: 'index' };
const COMMAND = 'cli';

rmSync(TO, { recursive: true, force: true });
mkdirSync(TO, { recursive: true });
const shared = { bundle: true, format: 'esm', outdir: TO, logLevel: 'warning', metafile: true } as const;
const { index, faults, worker } = ENTRIES;
const forNode = await build({
  ...shared,
  entryPoints: { [COMMAND]: `${FROM}/cli/main.ts`, index: `${FROM}/${index}.ts`, faults: `${FROM}/${faults}.ts` },
  // One module for what they share: which answers are cut is known to it alone.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  target: 'node20',
  external: ['node-sqlite3-wasm'],
});
const forWorkerd = await build({
  ...shared,
  entryPoints: { worker: `${FROM}/${worker}.ts` },
  platform: 'neutral',
  mainFields: ['module', 'main'],
  target: 'es2024',
  external: ['cloudflare:workers', 'node:*'],
});
writeDeclarations();
writeManifest();
copyFileSync('sandbox/README.md', `${TO}/README.md`);
for (const licence of ['LICENSE-APACHE', 'LICENSE-MIT']) copyFileSync(licence, `${TO}/${licence}`);
writeThirdParties([forNode.metafile, forWorkerd.metafile]);

/** Those that the entries reach, and no others: the rest speaks of libraries that nobody has installed. */
function writeDeclarations(): void {
  const config = join(SCRATCH, 'tsconfig.json');
  const root = relative(SCRATCH, process.cwd());
  mkdirSync(SCRATCH, { recursive: true });
  writeFileSync(config, JSON.stringify({
    extends: `${root}/sandbox/tsconfig.json`,
    compilerOptions: {
      noEmit: false, declaration: true, emitDeclarationOnly: true, stripInternal: true,
      rootDir: `${root}/${FROM}`, outDir: 'types',
      types: ['@cloudflare/workers-types', '@types/node'].map((name) => `${root}/node_modules/${name}`),
    },
    files: Object.values(ENTRIES).map((name) => `${root}/${FROM}/${name}.ts`),
    include: [],
  }));
  execFileSync('tsc', ['-p', config], { stdio: 'inherit' });
  for (const [entry, source] of Object.entries(ENTRIES)) {
    writeFileSync(join(TO, `${entry}.d.ts`), `export * from './types/${source}.js';\n`);
    copyReached(`${source}.d.ts`, new Set());
  }
  appendFileSync(join(TO, 'worker.d.ts'), `export { default } from './types/${ENTRIES.worker}.js';\n`);
}

function copyReached(path: string, seen: Set<string>): void {
  if (seen.has(path)) return;
  seen.add(path);
  const text = readFileSync(join(SCRATCH, 'types', path), 'utf8');
  const target = join(TO, 'types', path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text.replace(/(from '|import\(")(\.[^'"]*)\.ts(['"])/g, '$1$2.js$3'));
  for (const [, , found = ''] of text.matchAll(/(from '|import\(")(\.[^'"]*)\.ts['"]/g)) {
    copyReached(join(dirname(path), `${found}.d.ts`), seen);
  }
}

function writeManifest(): void {
  const manifest = JSON.parse(readFileSync('sandbox/package.json', 'utf8')) as Record<string, unknown>;
  const { private: _, scripts, dependencies, devDependencies, exports, ...published } = manifest;
  const entry = (name: string) => ({ types: `./${name}.d.ts`, default: `./${name}.js` });
  writeFileSync(`${TO}/package.json`, `${JSON.stringify({
    ...published,
    bin: { 'tell-connect-sandbox': `./${COMMAND}.js` },
    exports: {
      '.': entry('index'),
      './faults': entry('faults'),
      './worker': { types: './worker.d.ts', workerd: './worker.js' },
      './package.json': './package.json',
    },
  }, null, 2)}\n`);
}

/** The licences of what is compiled into it. */
function writeThirdParties(made: Metafile[]): void {
  const inputs = made.flatMap(({ outputs }) => Object.values(outputs).flatMap((output) => Object.keys(output.inputs)));
  const names = inputs.flatMap((path) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  const parts = [...new Set(names)].sort().map((name) => {
    const folder = join('node_modules', name);
    const manifest = readFileSync(join(folder, 'package.json'), 'utf8');
    const { version, license } = JSON.parse(manifest) as Record<string, string>;
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    if (file === undefined) throw new Error(`${name} was published without its licence.`);
    const text = readFileSync(join(folder, file), 'utf8').trim();
    return `## ${name} ${version}, ${license}\n\n\`\`\`text\n${text}\n\`\`\`\n`;
  });
  writeFileSync(`${TO}/THIRD-PARTY.md`, `# Third parties\n\nCompiled into this package are:\n\n${parts.join('\n')}`);
}
