/** What the worker holds while many large answers pass through it at once. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../tests/rig/client.ts';
import { connect, World } from '../../tests/rig/world.ts';
import { done, progress } from '../progress.ts';
import { figure, type Suite } from '../report.ts';
import { Workerd } from './process.ts';

const ROUNDS = 3;
const READS = 60;
const CONSENTS = 12;
/** The largest answer that is passed on. */
const LARGE = 4 * 1024 * 1024;
const SMALL = 4 * 1024;
const REST_MILLISECONDS = 5000;

/** In MiB, of one fresh worker. */
interface Round {
  idle: number;
  peak: number;
  rested: number;
  milliseconds: number;
  passed: number;
}

export async function run(): Promise<Suite> {
  const started = performance.now();
  const [small, large] = [await rounds('small', SMALL), await rounds('large', LARGE)];
  done('memory of the worker', started);
  const row = (name: string, all: Round[], of: (round: Round) => number): string[] =>
    [name, figure(all.map(of)), figure(all.map((round) => of(round) - round.idle))];
  const rows = [
    row('idle, its consents loaded', large, ({ idle }) => idle),
    row(`peak of ${READS} reads of 4 KiB`, small, ({ peak }) => peak),
    row(`peak of ${READS} reads of 4 MiB`, large, ({ peak }) => peak),
    row(`${REST_MILLISECONDS / 1000} s after those`, large, ({ rested }) => rested),
  ];
  const table = { title: 'workerd, MiB resident', head: ['', 'MiB', 'beyond idle'], rows, text: how(large) };
  return { title: 'the worker, while large answers pass', text: WHAT, tables: [table], notes: [] };
}

async function rounds(name: string, bytes: number): Promise<Round[]> {
  const all: Round[] = [];
  for (let number = 1; number <= ROUNDS; number += 1) {
    progress(`memory, ${name} answers: round ${number} of ${ROUNDS}`);
    all.push(await round(bytes));
  }
  return all;
}

async function round(bytes: number): Promise<Round> {
  const world = await World.create({ resources: { '/accounts': `"${'x'.repeat(bytes - 2)}"` } });
  try {
    const clients: Client[] = [];
    for (let number = 0; number < CONSENTS; number += 1) clients.push(await connect(world));
    const workerd = new Workerd();
    const idle = workerd.memory().now;
    workerd.reset();
    const started = performance.now();
    const reads = Array.from({ length: READS }, (_, at) => clients[at % CONSENTS]?.get('/api/accounts'));
    const replies = await Promise.all(reads);
    const milliseconds = performance.now() - started;
    const { peak } = workerd.memory();
    await sleep(REST_MILLISECONDS);
    const passed = replies.filter((reply) => reply?.status === 200 && reply.bytes.length === bytes).length;
    return { idle, peak, rested: workerd.memory().now, milliseconds, passed };
  } finally {
    await world.end();
  }
}

const WHAT = `The deployable worker in workerd, as \`wrangler dev\` runs it, its consents in SQLite on disk, before the
sandbox gateway. ${READS} browsers' reads are sent at once, of ${CONSENTS} consents; each is answered with one JSON text
of the size named, the largest that is passed on. The figures are of the workerd process, from Linux's
\`/proc/PID/status\`: wrangler's own worker, which stands before ours in the same process and relays each answer, is in
them.`;

function how(all: Round[]): string {
  const seconds = all.map(({ milliseconds }) => milliseconds / 1000);
  const passed = all.map((round) => round.passed).join(', ');
  return `Medians of ${ROUNDS} fresh workers each, with quartiles. Of the ${READS} reads of 4 MiB ${passed} were passed
on whole, in ${figure(seconds)} seconds; the others were told to come back. The peak is \`VmHWM\`, reset before the
reads; idle and afterwards are \`VmRSS\`.`;
}
