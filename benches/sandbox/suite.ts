/** How many signed calls the sandbox gateway answers, and what it holds after many. */

import { done, progress } from '../progress.ts';
import { figure, type Suite } from '../report.ts';
import { Command, type Held } from './command.ts';
import { type Answered, load } from './load.ts';

const CONNECTIONS = 16;
const ROUNDS = 7;
const REQUESTS = 5_000;
const LONG = 200_000;
const PARTS = 4;
const PATHS = ['/accounts', '/accounts/12345678/balance'];
const MIB = 1024 * 1024;
/** A signature is good for five minutes. */
const SIGNED_ANEW = 10_000;

export async function run(): Promise<Suite> {
  const started = performance.now();
  const starts = await startTimes();
  const speeds = await speed();
  const [held, answered] = await long();
  done('the sandbox gateway', started);
  const statuses = [...speeds, ...answered].flatMap((part) => [...part.statuses]);
  const failed = statuses.filter(([status]) => status !== '200');
  if (failed.length > 0) throw new Error(`not all were answered with 200: ${JSON.stringify(failed)}`);
  const rate = ({ statuses, milliseconds }: Answered): number => (statuses.get('200') ?? 0) / milliseconds * 1000;
  const calls = [
    ['requests a second', figure(speeds.map(rate))],
    [`the same through ${LONG.toLocaleString('en')}`, figure(answered.map(rate))],
    ['first answer after the start, ms', figure(starts)],
  ];
  const memory = held.map(({ rss, heapUsed }, part) => [
    `after ${(REQUESTS + LONG / PARTS * part).toLocaleString('en')} calls`,
    (rss / MIB).toFixed(1),
    (heapUsed / MIB).toFixed(1),
  ]);
  const tables = [
    { title: 'Signed calls over loopback', head: ['', ''], rows: calls, text: HOW },
    { title: 'What the process holds, MiB', head: ['', 'resident', 'JavaScript heap'], rows: memory, text: HELD },
  ];
  return { title: 'the sandbox gateway under load', text: WHAT, tables, notes: [] };
}

async function startTimes(): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const command = await Command.start();
    times.push(command.milliseconds);
    await command.stop();
  }
  return times;
}

async function speed(): Promise<Answered[]> {
  const command = await Command.start();
  const all: Answered[] = [];
  await ask(command, REQUESTS);
  for (let round = 1; round <= ROUNDS; round += 1) {
    progress(`sandbox: round ${round} of ${ROUNDS}`);
    all.push(await ask(command, REQUESTS));
  }
  await command.stop();
  return all;
}

/** What is held before, between and after its parts. */
async function long(): Promise<[Held[], Answered[]]> {
  const command = await Command.start();
  // Until the journal is full, it fills.
  await ask(command, REQUESTS);
  const held = [await command.held()];
  const answered: Answered[] = [];
  for (let part = 0; part < PARTS; part += 1) {
    answered.push(await ask(command, LONG / PARTS));
    held.push(await command.held());
  }
  await command.stop();
  return [held, answered];
}

function ask(command: Command, requests: number): Promise<Answered> {
  let texts: string[] = [];
  const request = (index: number): string => {
    if (index % SIGNED_ANEW === 0) texts = PATHS.map((path) => requestTo(command, path));
    return texts[index % texts.length] ?? '';
  };
  const told = (answered: number): void => progress(`sandbox: ${answered} of ${requests}`);
  return load({ port: command.port, connections: CONNECTIONS, requests, request, progress: told });
}

function requestTo({ port, tpp, accessToken }: Command, path: string): string {
  const headers = [
    `host: localhost:${port}`,
    `authorization: Bearer ${accessToken}`,
    `x-jws-signature: ${tpp.signature(path, '{}')}`,
    'x-user-ip: 203.0.113.1',
  ];
  return [`GET /v1${path} HTTP/1.1`, ...headers, '', ''].join('\r\n');
}

const WHAT = `The packed command \`tell-connect-sandbox\` in Node.js, its state in memory, no line printed for a call.
Half of the calls read the accounts, half a balance; each is signed, checked whole, counted and written into the journal. All
have to be answered with 200, or nothing is reported.`;

const HOW = `${ROUNDS} rounds of ${REQUESTS.toLocaleString('en')} calls each, over ${CONNECTIONS} connections that are
kept open, from another process on the same machine that does next to nothing else: medians with quartiles. The first
answer is counted from the start of the process, as the command says itself, ${ROUNDS} times.`;

const HELD = `One process through ${LONG.toLocaleString('en')} calls. The journal keeps the last 5,000, and is full when
the first figure is taken. Before each figure everything unused is collected.`;
