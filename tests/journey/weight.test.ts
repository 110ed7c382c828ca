/** What the first view costs a visitor, in bytes over the wire. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { launch } from '../rig/chromium.ts';
import { ADDRESS, Backdrop } from './backdrop.ts';
import { NONE } from './states.ts';

const DIST = resolve(import.meta.dirname, '../../www/dist');
const MOST = 60 * 1000;
/** Of each answer. The page's own are the longest, with their policies. */
const HEADERS = 800;

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('page: a first visit loads 60 KB at most, compressed as Cloudflare sends it', async () => {
  for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 900 }]) {
    const { visitor } = await Backdrop.open(browser, { 'GET /api/consent': NONE }, { viewport });
    const loaded: string[] = [];
    visitor.page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await visitor.open();
    await visitor.page.waitForLoadState('networkidle');
    const files = loaded.filter((path) => !path.startsWith('/api/'));
    assert.ok(files.length >= 3 && files.some((path) => path.endsWith('.css')), files.join());
    const bytes = files.map((path) => gzipSync(readFileSync(join(DIST, path === '/' ? 'index.html' : path))).length);
    const sum = bytes.reduce((one, other) => one + other, 0) + loaded.length * HEADERS;
    assert.ok(sum <= MOST, `${viewport.width} px: ${sum} bytes: ${files.map((path, at) => `${path} ${bytes[at]}`).join(', ')}`);
    assert.equal(new URL(visitor.page.url()).origin, ADDRESS);
    if (process.env['PRINT']) console.log(viewport.width, sum, files.map((path, at) => `${path} ${bytes[at]}`));
    await visitor.context.close();
  }
});
