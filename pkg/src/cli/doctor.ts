// `tell-connect doctor`: gathers what Rust asks for, and tells what it found.
import process from 'node:process';
import { parseArgs } from 'node:util';
import * as glue from '../../generated/doctor/tell_connect_bg.js';
import type { DoctorAsk, DoctorReport, DoctorStart, DoctorTold } from '../generated/core.js';
import { Held } from '../server/held.js';
import { answerOf, factsOf, sourceOf, variables } from './gather.js';
import { instance } from './instance.js';
import { printed } from './print.js';
import { Usage } from './usage.js';

const HELP = `tell-connect doctor [--env FILE] [--against FILE] [--offline] [--live] [--json]

Says, check by check, whether a worker's settings are fit, and what to do where they are not. No secret is shown.

  --env FILE      the env file to look at; without it, the variables of this process
  --against FILE  the other environment's: the two may have no credentials, certificate or key in common
  --offline       does not ask auth base and resource base whether they answer (a plain GET each, without credentials)
  --live          asks the sandbox by at most 8 signed calls that change nothing, and finds the readings that it takes
  --json          writes the findings as JSON

Ends with 0 where nothing is at fault, 1 where something is, 2 when it was called wrongly.
`;

const OPTIONS = {
  env: { type: 'string' }, against: { type: 'string' }, offline: { type: 'boolean' }, live: { type: 'boolean' },
  json: { type: 'boolean' }, help: { type: 'boolean' },
} as const;

/** Runs the command, and gives its exit code. */
export async function doctor(args: readonly string[]): Promise<number> {
  const options = parsed(args);
  if (options.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const report = await examined({
    now: Date.now(),
    own: options.env === undefined ? variables() : read(options.env),
    against: options.against === undefined ? undefined : read(options.against),
    offline: options.offline === true,
    live: options.live === true,
  });
  const text = options.json === true ? `${JSON.stringify({ version: 1, ...report }, null, 2)}\n`
    : printed(report, options.env ?? 'the variables of this process', colours());
  process.stdout.write(text);
  return report.verdict === 'fault' ? 1 : 0;
}

/** Looks at a configuration. */
async function examined(start: DoctorStart): Promise<DoctorReport> {
  const held = new Held(instance, () => new glue.Doctor(start), false);
  try {
    const next = (): DoctorAsk | undefined => held.use((raw) => raw.next(Date.now())) as DoctorAsk | undefined;
    for (let ask = next(); ask !== undefined; ask = next()) {
      const told = await toldOf(ask);
      held.use((raw) => raw.told(told));
    }
    return held.use((raw) => raw.report()) as DoctorReport;
  } finally {
    held.free();
  }
}

async function toldOf(ask: DoctorAsk): Promise<DoctorTold> {
  switch (ask.kind) {
    case 'x509': return { kind: 'x509', facts: factsOf(ask.pem) };
    case 'reach': return { kind: 'answer', ...await answerOf(ask.url, { method: 'GET' }) };
    case 'send': return { kind: 'answer', ...await answerOf(ask.request.url, ask.request) };
  }
}

function parsed(args: readonly string[]): ReturnType<typeof parseArgs<typeof OPTIONS>>['values'] {
  try {
    return parseArgs({ args, options: OPTIONS, strict: true }).values;
  } catch {
    // What Node says of it repeats the argument, which may be anything.
    throw new Usage('An option is unknown, or lacks its value.', HELP);
  }
}

function read(file: string): DoctorStart['own'] {
  try {
    return sourceOf(file);
  } catch {
    throw new Usage(`${file} cannot be read.`, HELP);
  }
}

function colours(): boolean {
  const { NO_COLOR: no, TERM: term } = process.env;
  return process.stdout.isTTY === true && (no === undefined || no === '') && term !== 'dumb';
}
