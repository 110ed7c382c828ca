/** The package as npm would publish it: what is in it, and whether a project of somebody else's can use it. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'vite';
import { certificate } from '../rig/certificate.ts';
import { lines, Practice, right } from './doctor.ts';
import { Project } from './project.ts';

const HERE = import.meta.dirname;
const RESOLUTIONS = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};

let project: Project;
before(() => {
  project = new Project();
});
after(() => project?.remove());

test('package: the tarball holds exactly the files of files.txt', () => {
  // What entries share stands in files that are named by what is in them.
  const files = project.packed.files.map((file) => file.replace(/chunk-\w+/, 'chunk-*'));
  assert.deepEqual(files, readFileSync(join(HERE, 'files.txt'), 'utf8').trim().split('\n'));
});

/** By entry and condition, however deep. */
type Paths = string | null | { readonly [condition: string]: Paths };

const pathsIn = (paths: Paths): string[] =>
  (typeof paths === 'string' ? [paths] : Object.values(paths ?? {}).flatMap(pathsIn));

test('package: every path that its exports name is in it', () => {
  const installed = join(project.folder, 'node_modules/tell-connect/package.json');
  const { exports, license } = JSON.parse(readFileSync(installed, 'utf8')) as {
    exports: Paths; license: string;
  };
  for (const path of pathsIn(exports)) assert.ok(project.packed.files.includes(path.slice(2)), path);
  assert.equal(license, 'MIT OR Apache-2.0');
});

test('package: Node imports each entry, ready at once, and all throw the same class of errors', () => {
  const script = project.write('use.js', `
    import * as core from 'tell-connect';
    import * as edge from 'tell-connect/edge';
    import * as machine from 'tell-connect/machine';
    import * as views from 'tell-connect/views';
    const uuid = core.newUuid();
    const token = new edge.Signer({ app: 'a', certificate: 'c' }).sign({ path: '/accounts', payload: '{}' });
    console.log(JSON.stringify({
      core: Object.keys(core).sort(), edge: Object.keys(edge).sort(), machine: Object.keys(machine).sort(),
      views: Object.keys(views).sort(), rows: views.accounts('[{}]').length,
      uuid: uuid.length, path: core.inspectJws(token).header.path,
      classes: new Set([core, edge, machine, views].map((entry) => entry.TellConnectError)).size,
    }));
  `);
  assert.deepEqual(JSON.parse(project.run(script)), {
    core: ['TellConnectError', 'authoriseBody', 'inspectJws', 'newUuid', 'parseRedirect', 'ready', 'signingInput'],
    edge: ['Signer', 'TellConnectError', 'Tpp'],
    machine: ['Backend', 'CODES', 'Consent', 'Customer', 'JsonCheck', 'Order', 'Settings', 'TellConnectError', 'Visit'],
    views: [
      'TellConnectError', 'accounts', 'balances', 'beneficiaries', 'directDebits', 'mergeTransactions', 'nextPage', 'product',
      'ready', 'rowsOf', 'sameTransaction', 'scheduledPayments', 'standingOrders', 'transactions',
    ],
    rows: 1,
    uuid: 36, path: '/accounts', classes: 1,
  });
});

/** This Node.js, and the machine's own where that is another: the package runs from 20.16 on. */
const nodes = [process.execPath, ...(process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node'))]
  .map((path) => ({ path, version: versionOf(path) })).filter(({ version }) => version !== '')
  .filter(({ version }, at, all) => all.findIndex((other) => other.version === version) === at);

function versionOf(node: string): string {
  const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : '';
}

test(`LIV-1: the command runs from the tarball (${nodes.map(({ version }) => version).join(', ')})`, async () => {
  const practice = new Practice();
  try {
    const file = practice.write('production.env', lines(right('production', certificate())));
    const main = join(project.folder, 'node_modules/.bin/tell-connect');
    for (const { path } of nodes) {
      const { out, err, code } = await practice.run(['doctor', '--env', file, '--offline', '--json'], {}, path, main);
      assert.deepEqual([(JSON.parse(out) as { verdict: string }).verdict, err, code], ['ok', '', 0]);
    }
    const { status, stdout } = spawnSync('npx', ['tell-connect', '--help'], { cwd: project.folder, encoding: 'utf8' });
    assert.ok(status === 0 && stdout.includes('doctor') && stdout.includes('init'));
  } finally {
    practice.remove();
  }
});

test('package: nothing but what it exports can be imported', () => {
  const script = project.write('reach.js', `
    const reached = [];
    for (const path of ['dist/node.js', 'generated/edge/tell_connect_bg.wasm', 'edge/index', 'src', 'worker']) {
      await import('tell-connect/' + path).then(() => reached.push(path), ({ code }) => {
        if (code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') reached.push(path + ' ' + code);
      });
    }
    console.log(JSON.stringify(reached));
  `);
  assert.deepEqual(JSON.parse(project.run(script)), []);
});

for (const [name, resolution] of Object.entries(RESOLUTIONS)) {
  test(`package: the strictest consumer in TypeScript compiles against it (${name})`, () => {
    const consumer = project.write('consumer.ts', readFileSync(join(HERE, 'consumer/consumer.ts'), 'utf8'));
    assert.equal(project.check([consumer], { ...resolution, lib: ['es2022', 'dom'] }), '');
  });
}

test('package: the strictest worker in TypeScript compiles against "./worker"', () => {
  project.lend('@cloudflare/workers-types');
  const worker = project.write('worker.ts', readFileSync(join(HERE, 'consumer/worker.ts'), 'utf8'));
  const options = { ...RESOLUTIONS.bundler, lib: ['es2022'], types: ['@cloudflare/workers-types'] };
  assert.equal(project.check([worker], options), '');
});

test('package: a bundler for browsers takes "." and "./views" and refuses what holds secrets', async () => {
  const bundle = (entry: string): Promise<unknown> => {
    const index = project.write('page/index.html', '<!doctype html><script type="module" src="./main.js"></script>');
    project.write('page/main.js', `import * as it from 'tell-connect${entry}';\ndocument.title = Object.keys(it);\n`);
    return build({ configFile: false, root: join(index, '..'), logLevel: 'silent', build: { outDir: '../out' } });
  };
  await bundle('');
  await bundle('/views');
  for (const entry of ['/edge', '/machine', '/worker']) {
    await assert.rejects(bundle(entry), new RegExp(`"\\.${entry}" is not exported`));
  }
});
