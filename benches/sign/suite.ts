/** Signing the guide's authorise call, from a JavaScript object to the token. */

import { version } from '../machine.ts';
import type { Found } from '../measure.ts';
import { done } from '../progress.ts';
import { figure, ratio, type Suite } from '../report.ts';
import { COMPATIBILITY_DATE } from '../workerd.ts';
import { FLOOR, contestants, type Contestant } from './contestants.ts';
import { ISOLATES, firstInWorkerd } from './first-in-workerd.ts';
import { PROCESSES, firstInNode } from './first-in-node.ts';
import { CERTIFICATE, IN_NODE, inNode } from './in-node.ts';
import { IN_WORKERD, inWorkerd } from './in-workerd.ts';
import { SIZES, VECTOR } from './input.ts';

const OURS = 'tell-connect';
const EMPTY = 'an empty module';

const WHAT = `Each signature begins with an object and ends with the compact JWS, so \`JSON.stringify\` is
in every figure: what is signed is the exact text that is sent. The header is
\`{"alg":"HS256","typ":"JWT","app":"${VECTOR.app}","path":"${VECTOR.path}","iat":…}\` in that order with another
\`iat\` each time, the key is the ${CERTIFICATE.length.toLocaleString('en')} bytes of
\`tests/vectors/certificate.pem\`. The smallest payload is the guide's authorise body, ${VECTOR.payload.length} B as
\`JSON.stringify\` writes it; the larger ones are the same object with rows added. Before anything is measured each
contestant has to make the vector's token, and the same token as node:crypto for the larger payloads; what that took
stands at the end.`;

export async function run(): Promise<Suite> {
  const all = await contestants();
  const node = await timed('sign in Node', inNode);
  const workerd = await timed('sign in workerd', inWorkerd);
  const first = await timed('first signature in Node', firstInNode);
  const fresh = await timed('first signature in workerd', firstInWorkerd);
  const tables = [
    { ...signatures(all, node, new Map()), title: 'Signing in Node, µs', text: inNodeText() },
    { ...signatures(all, workerd.found, workerd.refused), title: 'Signing in workerd, µs', text: inWorkerdText() },
    { ...firsts(all, first), title: 'First signature after import in Node, ms', text: firstInNodeText() },
    { ...firsts(all, fresh), title: 'First signature in a fresh isolate of workerd, ms', text: firstInWorkerdText() },
  ];
  const notes = all.map((each): [string, string] => [named(each).shown, each.took]);
  return { title: 'signing, from an object to the token', text: WHAT, tables, notes };
}

async function timed<T>(title: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const found = await work();
  done(title, started);
  return found;
}

function signatures(all: Contestant[], found: Found[], refused: Map<string, string>) {
  const head = ['', ...SIZES.flatMap((bytes) => [bytes % 1024 === 0 ? `${bytes / 1024} KiB` : `${bytes} B`, ''])];
  const rows = [...all.map(named), { name: FLOOR, shown: FLOOR }].map(({ name, shown }) => [
    shown,
    ...found.flatMap((spreads) => cells(spreads, name, refused.get(name) ?? 'not measured')),
  ]);
  return { head, rows };
}

function firsts(all: Contestant[], found: Found) {
  const rows = [...all.map(named), { name: EMPTY, shown: EMPTY }].map(({ name, shown }) => [
    shown,
    ...cells(found, name, 'not measured'),
  ]);
  return { head: ['', 'ms', ''], rows };
}

function cells(found: Found, name: string, missing: string): string[] {
  const [theirs, ours] = [found.get(name), found.get(OURS)];
  if (theirs === undefined || ours === undefined) return [missing, ''];
  const compared = name !== OURS && name !== EMPTY;
  return [figure(theirs), compared ? ratio(theirs, ours) : ''];
}

function named({ name, version: from }: Contestant): { name: string; shown: string } {
  return { name, shown: from === undefined ? name : `${name} ${version(from)}` };
}

function inNodeText(): string {
  return `Medians of ${IN_NODE.rounds} rounds, with quartiles. In a round each contestant signs for about
${IN_NODE.batch} ms in the one process that all share, and the order is turned round by round. The calls of a batch
follow one another; what returns a promise is awaited before the next call, so WebCrypto and jose pay for Node's
thread pool at each call. The bare HMAC is HMAC-SHA256 with the key schedule kept, by the same crates in wasm, over
the same signing input that lies in the wasm's memory already: a signer in wasm gets below it only by keeping the hash
of the header's beginning. What signs outside of wasm can: OpenSSL has the processor's SHA instructions.`;
}

function inWorkerdText(): string {
  return `The same contestants in workerd as wrangler brings it (compatibility date ${COMPATIBILITY_DATE},
where \`nodejs_compat\` is a default), bundled by esbuild into one worker. A worker's clocks stand still while it
computes, so the time is taken outside: what a request over loopback takes in which a contestant signs some thousand
times, less what one takes in which it signs not once, divided by the number of signatures. Medians of
${IN_WORKERD.rounds} rounds of requests of about ${IN_WORKERD.batch} ms, with quartiles, the order turned round by
round.`;
}

function firstInNodeText(): string {
  return `From just before \`import()\` of the contestant to its first token: loading the package from disk,
making the key and one signature of the smallest payload. Medians of ${PROCESSES} fresh processes each, with
quartiles, turned round by round. The processes have imported nothing before, Node's own modules neither. The files
are in the page cache. An empty module is what an import costs by itself; it is in all the figures.`;
}

function firstInWorkerdText(): string {
  return `One workerd makes a fresh isolate for each request (its worker loader), which imports the
contestant's bundle, signs the smallest payload once and answers. The figures are what such a request takes from
outside beyond a request to a fresh isolate in the same round that imports an empty module and signs nothing; that
one's own time is the last row. Code and wasm are marked with a number of their own each time, so that no cache knows
them. Medians of ${ISOLATES} isolates each, with quartiles. Where the lower quartile is not above nothing, no ratio is
given.`;
}
