import { Hono } from 'hono';
import { type Environment, allowOnly } from '../context.ts';
import { curlOf } from '../journal/curl.ts';
import { readQuery } from '../journal/query.ts';
import { sendPage } from '../pages/send.ts';
import { callPage, viewerPage } from '../pages/viewer.ts';
import { VIEWER_SCRIPT } from '../pages/viewer-script.ts';
import { entryOf } from './calls.ts';
import { branchOf } from './controls.ts';

/** The journal as pages. */
export const viewer = new Hono<Environment>();

viewer.get('/viewer', (call) => {
  const { search, searchParams } = new URL(call.req.url);
  const query = readQuery(searchParams);
  const entries = branchOf(call).journal.query(query);
  return sendPage(call, viewerPage(entries, query, search.slice(1)), ofItsOwn(call.req.url));
});

viewer.get('/viewer/:id', (call) => {
  const entry = entryOf(call);
  const curl = curlOf(entry, new URL(call.req.url).origin, call.var.bases);
  return sendPage(call, callPage(entry, curl), ofItsOwn(call.req.url));
});

viewer.get('/scripts/viewer.js', (call) => {
  return call.body(VIEWER_SCRIPT, 200, { 'content-type': 'text/javascript; charset=utf-8' });
});

for (const path of ['/viewer', '/viewer/:id', '/scripts/viewer.js']) viewer.all(path, allowOnly('GET', 'CFG-4'));

function ofItsOwn(url: string): { formTarget: URL; hasScript: true } {
  return { formTarget: new URL(url), hasScript: true };
}
