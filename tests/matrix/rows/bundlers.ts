import assert from 'node:assert/strict';
import { INDEX } from '../programs.ts';
import type { Row } from '../row.ts';
import { versionOf } from '../tools.ts';

export const bundlers: readonly Row[] = [
  {
    tool: 'esbuild', version: versionOf('esbuild'), runs: 'page',
    async run(place) {
      await place.tool('esbuild', 'page.js', '--bundle', '--minify', '--outfile=out/page.js');
      place.write('out/index.html', INDEX);
      await place.works('out');
    },
  },
  {
    tool: 'esbuild `--platform=node`', version: versionOf('esbuild'), runs: 'server',
    async run(place) {
      for (const format of ['esm', 'cjs']) {
        const out = `out/server.${format === 'cjs' ? 'cjs' : 'mjs'}`;
        await place.tool('esbuild', 'server.js', '--bundle', '--platform=node', `--format=${format}`, `--outfile=${out}`);
        await place.signs(out);
      }
    },
  },
  {
    tool: 'Rollup, node-resolve', version: versionOf('rollup'), runs: 'page',
    async run(place) {
      await place.tool('rollup', 'page.js', '-p', '@rollup/plugin-node-resolve', '-d', 'out', '--silent');
      place.write('out/index.html', INDEX);
      await place.works('out');
    },
  },
  {
    tool: 'Rollup, node-resolve', version: versionOf('rollup'), runs: 'server',
    write: "`nodeResolve({ exportConditions: ['node'] })`",
    async run(place) {
      // It warns, and leaves the import as it is.
      const bare = place.tool('rollup', 'server.js', '-p', '@rollup/plugin-node-resolve', '-d', 'out', '--failAfterWarnings');
      await assert.rejects(bare, /Could not resolve import "tell-connect\/edge"/);
      const plugin = "@rollup/plugin-node-resolve={exportConditions:['node']}";
      await place.tool('rollup', 'server.js', '-p', plugin, '-d', 'out', '--silent');
      await place.signs('out/server.js');
    },
  },
  {
    tool: 'Vite', version: versionOf('vite'), runs: 'page',
    async run(place) {
      await place.tool('vite', 'build', '--outDir', 'out', '--logLevel', 'error');
      await place.works('out');
    },
  },
  {
    tool: 'Vite, its development server', version: versionOf('vite'), runs: 'page',
    async run(place) {
      await place.serves('vite', (port) => ['--port', port, '--strictPort'], (base) => place.shows(base));
    },
  },
  {
    tool: 'Vite, `build --ssr` with `noExternal`', version: versionOf('vite'), runs: 'server',
    async run(place) {
      place.write('vite.config.js', 'export default { ssr: { noExternal: true } };\n');
      await place.tool('vite', 'build', '--ssr', 'server.js', '--outDir', 'out', '--logLevel', 'error');
      await place.signs('out/server.js');
    },
  },
  {
    tool: 'webpack', version: versionOf('webpack'), runs: 'page',
    async run(place) {
      await webpack(place, 'page', 'web');
      place.write('out/index.html', INDEX);
      await place.works('out');
    },
  },
  {
    tool: 'webpack `target: node`', version: versionOf('webpack'), runs: 'server', isSlow: true,
    async run(place) {
      await webpack(place, 'server', 'node');
      await place.signs('out/server.cjs');
    },
  },
  {
    tool: 'Parcel', version: versionOf('parcel'), runs: 'page',
    write: '`"@parcel/resolver-default": { "packageExports": true }` in package.json',
    async run(place) {
      const build = (): Promise<string> =>
        place.tool('parcel', 'build', 'index.html', '--dist-dir', 'out', '--no-cache', '--public-url', './');
      // It tells of the first import that it comes to, or of the other.
      await assert.rejects(build(), /Failed to resolve 'tell-connect['/]/);
      place.write('package.json', JSON.stringify({ '@parcel/resolver-default': { packageExports: true } }));
      await build();
      await place.works('out');
    },
  },
  {
    tool: 'Parcel', version: versionOf('parcel'), runs: 'server', isSlow: true,
    write: '`"@parcel/resolver-default": { "packageExports": true }` in package.json',
    async run(place) {
      place.write('package.json', JSON.stringify({
        '@parcel/resolver-default': { packageExports: true },
        targets: { server: { context: 'node', outputFormat: 'commonjs', includeNodeModules: true, engines: { node: '20' } } },
        server: 'out/server.cjs',
      }));
      await place.tool('parcel', 'build', 'server.js', '--target', 'server', '--no-cache');
      await place.signs('out/server.cjs');
    },
  },
];

async function webpack(place: Parameters<Row['run']>[0], program: string, target: string): Promise<void> {
  place.write('build.mjs', `
    import webpack from 'webpack';
    const filename = '${program}.${target === 'node' ? 'cjs' : 'js'}';
    const output = { path: import.meta.dirname + '/out', filename };
    const options = { mode: 'production', target: '${target}', entry: './${program}.js', output };
    webpack(options, (error, stats) => {
      if (error ?? stats.hasErrors()) { console.error(error ?? stats.toString()); process.exit(1); }
    });
  `);
  await place.run(process.execPath, 'build.mjs');
}
