/** What would be deployed: each worker built as `wrangler deploy` builds it, and secrets put as the page of operations says. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { linesOf } from './lines.ts';
import { Place, ROOT } from './place.ts';

const CONFIGS = [
  'worker/wrangler.jsonc', 'examples/worker/wrangler.jsonc', 'examples/backend/wrangler.jsonc',
  'examples/backend/tell/wrangler.jsonc', 'examples/shop/wrangler.jsonc', 'examples/sync/wrangler.jsonc',
  'examples/sync/tell-connect.jsonc',
];
/** What Cloudflare takes on its free plan. */
const LARGEST = 3_000_000;
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\r\nMIIC£+/=\r\n-----END CERTIFICATE-----\r\n\n';

const folder = mkdtempSync(join(tmpdir(), 'tell-deploy-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs lines in a shell, without an account; fails as they do. */
async function shell(lines: string, cwd: string, settings: Readonly<Record<string, string>> = {}): Promise<string> {
  const env = {
    ...process.env, PATH: [join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
    WRANGLER_SEND_METRICS: 'false', WRANGLER_WRITE_LOGS: 'false', ...settings,
  };
  const child = spawn('bash', ['-euo', 'pipefail', '-c', lines], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  const [code] = await once(child, 'close') as [number];
  assert.equal(code, 0, said);
  return said;
}

for (const config of CONFIGS) {
  test(`deploy: a dry run takes ${config}`, async (t) => {
    const outdir = join(folder, config.replaceAll('/', '-'));
    const said = await shell(`wrangler deploy --dry-run --outdir '${outdir}' -c '${config}'`, ROOT);
    assert.match(said, /--dry-run: exiting now/);
    const files = globSync('**/*.{js,wasm}', { cwd: outdir });
    const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(outdir, file))).length, 0);
    t.diagnostic(`${bytes} bytes gzipped: ${files.join(', ')}`);
    assert.ok(files.length > 0 && bytes < LARGEST);
  });
}

test('deploy: a dry run takes what Vite has built of the example browser', async () => {
  const place = new Place();
  try {
    const [browser] = linesOf('docs/guide/start.md').filter(({ example }) => example === 'browser');
    assert.ok(browser !== undefined);
    const example = place.written(browser);
    const said = await shell('npm run build && wrangler deploy --dry-run', example);
    assert.match(said, /--dry-run: exiting now/);
  } finally {
    place.remove();
  }
});

/** Cloudflare's API, as far as secrets are put: what it was sent. */
let api: Server;
const sent: string[] = [];
before(async () => {
  api = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      if (request.method !== 'GET') sent.push(body);
      const result = request.url?.includes('/settings') === true ? { bindings: [] } : {};
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ success: true, errors: [], messages: [], result }));
    });
  }).listen(0, '127.0.0.1');
  await once(api, 'listening');
});
after(() => api?.close());

const account = (): Record<string, string> => ({
  CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
  CLOUDFLARE_API_TOKEN: 'token', CLOUDFLARE_ACCOUNT_ID: '0123456789abcdef0123456789abcdef', CI: 'true',
});

/** An empty worker's folder, with the files of secrets. */
function withSecrets(): string {
  const place = mkdtempSync(join(folder, 'secrets-'));
  // For npx, which would ask for wrangler elsewhere.
  symlinkSync(join(ROOT, 'node_modules'), join(place, 'node_modules'));
  writeFileSync(join(place, 'wrangler.jsonc'), '{ "name": "my-bank", "compatibility_date": "2026-11-01" }');
  writeFileSync(join(place, 'certificate.pem'), CERTIFICATE);
  for (const [name, text] of [['client-id', 'id\n'], ['client-secret', 's3cret"\\\n'], ['vault-key', 'AAAA\n']] as const) {
    writeFileSync(join(place, name), text);
  }
  return place;
}

test('JWS-8: secrets put as the page of operations says arrive to the byte', async () => {
  const page = readFileSync(join(ROOT, 'docs/operations/secrets.md'), 'utf8');
  const [, lines = ''] = /<!-- tested: bulk -->\n```sh\n(.*?)```/s.exec(page) ?? [];
  await shell(lines, withSecrets(), account());
  const values = sent.splice(0).flatMap(textsIn);
  for (const value of [CERTIFICATE, 'id', 's3cret"\\', 'AAAA']) assert.ok(values.includes(value), JSON.stringify(value));
});

test('JWS-8: `secret put` drops the last line end, which is why the page warns of it', async () => {
  await shell('wrangler secret put TELL_CERTIFICATE < certificate.pem', withSecrets(), account());
  const values = sent.splice(0).flatMap(textsIn);
  assert.ok(values.some((value) => CERTIFICATE.startsWith(value) && value.startsWith('-----BEGIN')));
  assert.ok(!values.includes(CERTIFICATE));
});

/** Every text in a JSON document. */
function textsIn(body: string): string[] {
  const texts: string[] = [];
  JSON.parse(body, (_, value: unknown) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  return texts;
}
