/** The examples of README and guide, run as they are written there, in a project that has the package installed. */

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build, preview } from 'vite';
import { writeEnvFile } from '../../scripts/start/settings.mjs';
import { launch } from '../rig/chromium.ts';
import { freePort } from '../rig/port.ts';
import { LocalServer } from '../rig/server.ts';
import { until } from '../rig/until.ts';
import { Project, ROOT } from './project.ts';

const SETTINGS = {
  TELL_ENVIRONMENT: 'sandbox',
  TELL_APP: 'readme',
  TELL_ASPSP: '8ddb14f1-fecd-41fe-90b7-f8fbda9494ac',
  TELL_RESOURCE_BASE_URL: 'https://bank.example/v1',
  TELL_REDIRECT_URL: 'http://localhost/api/callback',
  TELL_CLIENT_ID: 'readme',
  TELL_CLIENT_SECRET: 'readme-secret',
  TELL_CERTIFICATE: 'readme-certificate',
  TELL_VAULT_KEY: Buffer.alloc(32, 'k1').toString('base64'),
};

let project: Project;
before(() => {
  project = new Project();
  project.lend('@cloudflare/workers-types');
});
after(() => project?.remove());

test('README, guide: the browser examples run in Chromium, bundled by Vite', async () => {
  const examples = examplesFor('browser');
  const scripts = examples.map((_, index) => `<script type="module" src="./example-${index}.js"></script>`);
  const index = project.write('page/index.html', `<!doctype html><link rel="icon" href="data:,">${scripts.join('')}`);
  for (const [at, text] of examples.entries()) {
    project.write(`page/example-${at}.js`, `${text}\nconsole.log('to the end');\n`);
  }
  const site = { configFile: false, root: join(index, '..'), logLevel: 'warn', build: { target: 'es2022' } } as const;
  await build(site);
  const server = await preview({ ...site, preview: { host: 'localhost', port: 0 } });
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const told: string[] = [];
    page.on('pageerror', (error) => told.push(String(error)));
    page.on('console', (message) => told.push(message.type() === 'error' ? message.text() : `said ${message.text()}`));
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    const ends = (): number => told.filter((line) => line === 'said to the end').length;
    const faults = (): string[] => told.filter((line) => !line.startsWith('said '));
    await until(() => ends() === examples.length || faults().length > 0, 20_000, 'the examples’ end');
    assert.deepEqual(faults(), []);
  } finally {
    await browser.close();
    await server.close();
  }
});

test('README, guide: the worker examples compile as strictly as can be, and run in workerd', async () => {
  for (const [at, text] of examplesFor('worker').entries()) {
    const file = project.write(`worker-${at}/index.ts`, text);
    const types = ['@cloudflare/workers-types'];
    const options = { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022'], types };
    assert.equal(project.check([file], options), '');
    await runWorker(file, at);
  }
});

test('README, guide: the backend examples compile as strictly as can be', () => {
  for (const [at, text] of examplesFor('backend').entries()) {
    const file = project.write(`backend-${at}/index.ts`, text);
    const types = ['@cloudflare/workers-types'];
    assert.equal(project.check([file], { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022'], types }), '');
  }
});

/** Runs it with the deployable worker's own binding; nobody has a consent there yet, and it says so. */
async function runWorker(main: string, at: number): Promise<void> {
  const folder = join(main, '..');
  const { durable_objects, exports, compatibility_date } = workerConfig();
  const config = project.write(`worker-${at}/wrangler.jsonc`, JSON.stringify({
    name: `readme-${at}`, main: 'index.ts', durable_objects, exports, compatibility_date,
  }));
  const envFile = join(folder, 'settings.env');
  writeEnvFile(envFile, SETTINGS);
  const server = new LocalServer({ name: 'README', config, port: await freePort(), envFile, folder });
  await server.start();
  try {
    const answer = await fetch(`${server.address}/api/consent`);
    const { code } = await answer.json() as { code: string };
    assert.deepEqual([answer.status, code], [404, 'consent_not_found']);
  } finally {
    await server.stop();
  }
}

/** The fences that a comment on the line before marks as tested. */
function examplesFor(where: 'browser' | 'worker' | 'backend'): string[] {
  const pages = globSync(['README.md', 'docs/guide/*.md'], { cwd: ROOT }).map((path) => readFileSync(join(ROOT, path), 'utf8'));
  const fences = pages.flatMap((page) => [...page.matchAll(/<!-- tested: (\w+) -->\n```(?:js|ts)\n(.*?)\n```/gs)]);
  const examples = fences.filter(([, marked]) => marked === where).map(([, , text = '']) => text);
  assert.ok(examples.length > 0, `no page marks an example as tested: ${where}`);
  return examples;
}

function workerConfig(): Record<string, unknown> {
  const text = readFileSync(join(ROOT, 'worker/wrangler.jsonc'), 'utf8');
  return JSON.parse(text.replace(/^\s*\/\/.*$/gm, '')) as Record<string, unknown>;
}
