/** `tell-connect-sandbox` as npm would publish it: what is in it, and whether it serves in somebody else's folder. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Command } from '../../sandbox/test/support/command.ts';
import { freePort } from '../rig/port.ts';
import { Project, ROOT } from './project.ts';

const SYSTEM_NODE = '/usr/bin/node';

let project: Project;
before(() => {
  project = new Project('sandbox/dist');
});
after(() => project?.remove());

test('sandbox package: it holds its entries, its types, its licences and no source', () => {
  const { files } = project.packed;
  const needed = ['README.md', 'LICENSE-APACHE', 'LICENSE-MIT', 'THIRD-PARTY.md', 'cli.js', 'worker.js', 'index.d.ts'];
  for (const file of needed) assert.ok(files.includes(file), file);
  const known = /^((chunks\/)?[\w-]+\.(js|d\.ts|md|json)|types\/.*\.d\.ts|LICENSE-\w+)$/;
  const odd = files.filter((file) => !known.test(file));
  assert.deepEqual(odd, []);
  const licences = readFileSync(join(ROOT, 'sandbox/dist/THIRD-PARTY.md'), 'utf8');
  assert.deepEqual(licences.match(/^## \S+/gm), ['## hono', '## jose'], 'what is compiled into it');
});

test('sandbox package: it installs nothing beside itself but a SQLite for an old Node', () => {
  const installed = join(project.folder, 'node_modules/tell-connect-sandbox/package.json');
  const { dependencies, optionalDependencies, exports } = JSON.parse(readFileSync(installed, 'utf8')) as {
    dependencies?: object; optionalDependencies: object; exports: Record<string, string | Record<string, string>>;
  };
  assert.equal(dependencies, undefined);
  assert.deepEqual(Object.keys(optionalDependencies), ['node-sqlite3-wasm']);
  const named = Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry)));
  for (const path of named) assert.ok(project.packed.files.includes(path.slice(2)), path);
});

test('sandbox package: the strictest consumer compiles against it', () => {
  project.lend('@types/node');
  project.lend('undici-types');
  project.lend('@cloudflare/workers-types');
  const consumer = project.write('consumer.ts', `
    import { type Sandbox, type SandboxOptions, startSandbox } from 'tell-connect-sandbox';
    import * as faults from 'tell-connect-sandbox/faults';
    const options: SandboxOptions = { strict: true };
    await using gateway: Sandbox = await startSandbox(options);
    gateway.faults.next('refresh', faults.status(503, '7'));
    await using both = await startSandbox({ environment: 'both' });
    const location: string = await both.production.accept(both.env['TELL_AUTH_BASE_URL'] ?? '');
    console.log(location, gateway.violations.map(({ rule }) => rule));
  `);
  const options = { module: 'nodenext', moduleResolution: 'nodenext', lib: ['es2022', 'esnext.disposable'] };
  assert.equal(project.check([consumer], { ...options, types: ['node'] }), '');
  const worker = project.write('worker.ts', "export { Bank, default } from 'tell-connect-sandbox/worker';\n");
  const inWorkerd = { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022'], customConditions: ['workerd'] };
  assert.equal(project.check([worker], { ...inWorkerd, types: ['@cloudflare/workers-types'] }), '');
});

test('sandbox package: the README’s test runs as it is written there', () => {
  const [text = ''] = examples('node', 'ts');
  // What Node 20 cannot read of it is the \`using\` alone.
  const script = project.write('readme.mjs', `${text.replace('await using', 'const')}\nawait gateway.stop();\n`);
  assert.match(project.run(script), /^\[\] http:\/\/127\.0\.0\.1:\d+\/v1\n$/);
});

/** Each Node.js that is here: this one, and the system's where it is another. */
const NODES = [process.execPath, ...(existsSync(SYSTEM_NODE) ? [SYSTEM_NODE] : [])];

for (const node of NODES) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  test(`README: the curl lines, copied, go through the whole journey, in Node ${version}`, async (t) => {
    const folder = project.folder;
    const port = await freePort();
    await using command = new Command(folder);
    const [start = ''] = examples('start', 'sh');
    // The README's port may be in use here, and npx is to find this Node.
    const line = `PATH=${join(node, '..')}:$PATH; exec ${start.trim()} --port ${port}`;
    command.start(['-c', line], ['bash']);
    const [, seconds] = await command.says(/answered after (\d+\.\d+) s/);
    t.diagnostic(`the first answer came after ${seconds} s`);
    const script = join(folder, 'journey.sh');
    writeFileSync(script, examples('curl', 'sh').join('\n'));
    const told = execFileSync('bash', ['-eu', script], { cwd: folder, encoding: 'utf8' });
    assert.match(told, /"Accounts":\[.*"Status":"AcceptedSettlementInProcess"/s);
    await command.says(/\/payments /);
    const lines = command.out.matchAll(/^\S+ {2}\w+ +\/v1\/(\S+) +(\d+)/gm);
    const statuses = Array.from(lines, ([, path, status]) => `${path} ${status}`);
    const authorised = ['authorise 200', 'access-token 200'];
    assert.deepEqual(statuses, [...authorised, 'accounts 200', ...authorised, 'payments 201']);
    assert.equal(command.err, '', 'no warning of Node’s');
  });

  test(`sandbox package: a run that is killed loses nothing and keeps nobody out, in Node ${version}`, async () => {
    await using command = new Command();
    const started = async (): Promise<string> => {
      const cli = join(project.folder, 'node_modules/tell-connect-sandbox/cli.js');
      await command.start(['--port', '0', '--state', 'kept'], [node, cli]).says(/answered after/);
      return readFileSync(join(command.folder, 'kept/sandbox.env'), 'utf8').replace(/^TELL_\w+_URL=.*$/gm, '');
    };
    const first = await started();
    await command.interrupt('SIGKILL');
    assert.equal(await started(), first);
    assert.equal(await command.interrupt(), 0);
  });
}

/** The fences that a comment on the line before marks as tested. */
function examples(mark: string, language: string): string[] {
  const readme = readFileSync(join(ROOT, 'sandbox/README.md'), 'utf8');
  const fences = readme.matchAll(new RegExp(`<!-- tested: ${mark} -->\\n\`\`\`${language}\\n(.*?)\`\`\``, 'gs'));
  const found = Array.from(fences, ([, text = '']) => text);
  assert.ok(found.length > 0, `the sandbox's README marks nothing as tested: ${mark}`);
  return found;
}
