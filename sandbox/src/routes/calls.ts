import { Hono } from 'hono';
import { type Call, type Environment, allowOnly } from '../context.ts';
import { curlOf } from '../journal/curl.ts';
import { eventStream } from '../journal/events.ts';
import type { Entry } from '../journal/journal.ts';
import { readQuery, verdictOf } from '../journal/query.ts';
import { branchOf, notThere } from './controls.ts';

/** The journal of the calls that came last: read, searched, and heard as it grows. */
export const calls = new Hono<Environment>();

calls.get('/__sandbox/calls', (call) => {
  const entries = branchOf(call).journal.query(readQuery(new URL(call.req.url).searchParams));
  return call.json({ calls: entries.map(withVerdict) });
});

calls.delete('/__sandbox/calls', (call) => {
  branchOf(call).journal.clear();
  return call.body(null, 204);
});

calls.get('/__sandbox/calls/:id', (call) => call.json(withVerdict(entryOf(call))));

calls.get('/__sandbox/calls/:id/curl', (call) => {
  return call.text(curlOf(entryOf(call), new URL(call.req.url).origin, call.var.bases));
});

calls.get('/__sandbox/events', (call) => {
  const query = readQuery(new URL(call.req.url).searchParams);
  const last = call.req.header('last-event-id') ?? '';
  const after = /^\d{1,15}$/.test(last) ? { after: Number(last) } : {};
  const stream = eventStream(branchOf(call).journal, { ...query, ...after }, call.req.raw.signal);
  return call.body(stream, 200, { 'content-type': 'text/event-stream; charset=utf-8' });
});

calls.all('/__sandbox/calls', allowOnly('GET, DELETE', 'CFG-4'));
for (const path of ['/__sandbox/calls/:id', '/__sandbox/calls/:id/curl', '/__sandbox/events']) {
  calls.all(path, allowOnly('GET', 'CFG-4'));
}

function withVerdict(entry: Entry): Entry & { verdict: string } {
  return { ...entry, verdict: verdictOf(entry) };
}

/** The call that the path names. */
export function entryOf(call: Call): Entry {
  const id = call.req.param('id') ?? '';
  const entry = /^\d{1,15}$/.test(id) ? branchOf(call).journal.find(Number(id)) : null;
  if (entry === null) throw notThere('There is no such call, or it is older than those that are kept.');
  return entry;
}
