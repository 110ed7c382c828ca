// Breaks the machine in each of the ways of mutations-*.mjs, in a copy of the crate, and sees the simulation catch it.
// `make mutants`; LIVES and SEED as in `make simulate`, ONLY=text picks the mutants whose name holds the text. ORDERS=1
// picks those that the lives of orders are to catch, SWEEPS=1 those of sweeps.

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { ofConsents } from './mutations-consents.mjs';
import { ofDoubts } from './mutations-doubts.mjs';
import { ofPayments } from './mutations-payments.mjs';
import { ofSweeps } from './mutations-sweeps.mjs';
import { ofTokens } from './mutations-tokens.mjs';
import { ofVisits } from './mutations-visits.mjs';

const root = join(import.meta.dirname, '../..');
const place = join(root, 'target/mutants');
const crate = join(place, 'crate');
const lives = process.env.LIVES || '300000';
const seed = process.env.SEED || '1';

/** A mutant is built often and run shortly. */
const environment = {
  ...process.env,
  CARGO_TARGET_DIR: join(place, 'target'),
  CARGO_PROFILE_RELEASE_LTO: 'off',
  CARGO_PROFILE_RELEASE_OPT_LEVEL: '1',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
  CARGO_PROFILE_RELEASE_INCREMENTAL: 'true',
};

/** Runs a program, and ends it at the first line that `until` takes. */
function run(program, args, options, until = () => false) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const lines = [];
    let errors = '';
    let found = false;
    child.stderr.on('data', (text) => (errors += text));
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      if (!found && until(line)) {
        found = true;
        child.kill();
      }
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, lines, errors, found }));
  });
}

/** Builds the simulation of the copy as it stands; its path. */
async function build() {
  const args = ['build', '--release', '--locked', '-p', 'tell-connect-simulation', '--test', 'simulation', '--message-format=json-render-diagnostics'];
  const { code, lines, errors } = await run('cargo', args, { cwd: crate, env: environment });
  if (code !== 0) throw new Error(`it does not compile\n${errors}`);
  const built = lines.map((line) => JSON.parse(line));
  const program = built.findLast(({ executable, target }) => executable && target.name === 'simulation')?.executable;
  if (!program) throw new Error('cargo names no program');
  return program;
}

/** Runs the lives that a variable picks, or of consents; the life and the rule of the first violation, if there is one. */
async function simulate(program, kind) {
  const violation = /^violation in life (\d+): (.+)$/;
  const env = { ...environment, LIVES: lives, SEED: seed, ORDERS: '', SWEEPS: '', [kind]: '1' };
  const { code, lines, errors, found } = await run(program, [], { env }, (line) => violation.test(line));
  if (found) {
    const [, life, rule] = lines.map((line) => violation.exec(line)).find(Boolean);
    return { life, rule };
  }
  if (code !== 0) throw new Error(`the simulation ended with ${code}\n${errors}`);
  return undefined;
}

/** Puts a bug into the copy. */
function plant({ also = [], ...change }) {
  for (const { file, find, replace } of [change, ...also]) {
    const path = join(crate, file);
    const text = readFileSync(path, 'utf8');
    const places = text.split(find).length - 1;
    if (places !== 1) throw new Error(`${file} holds the text to replace ${places} times, not once`);
    writeFileSync(
      path,
      text.replace(find, () => replace),
    );
  }
}

function copyCrate() {
  mkdirSync(place, { recursive: true });
  rmSync(crate, { recursive: true, force: true });
  const isWanted = (path) => basename(path) !== 'node_modules';
  for (const part of ['Cargo.toml', 'Cargo.lock', 'rust-toolchain.toml', 'src', 'tests', 'wasm', 'fuzz']) {
    if (!existsSync(join(root, part))) continue;
    cpSync(join(root, part), join(crate, part), { recursive: true, filter: isWanted });
  }
}

copyCrate();
const all = [
  ...[...ofTokens, ...ofConsents, ...ofDoubts, ...ofVisits].map((mutation) => ({ ...mutation, kind: 'CONSENTS' })),
  ...ofPayments.map((mutation) => ({ ...mutation, kind: 'ORDERS' })),
  ...ofSweeps.map((mutation) => ({ ...mutation, kind: 'SWEEPS' })),
];
const { ONLY = '' } = process.env;
const picked = ['ORDERS', 'SWEEPS'].filter((kind) => Number(process.env[kind]) > 0);
const isPicked = (kind) => picked.length === 0 || picked.includes(kind);
const wanted = all.filter(({ name, kind }) => name.includes(ONLY) && isPicked(kind));
const sound = await build();
for (const kind of new Set(wanted.map((mutation) => mutation.kind))) {
  const violation = await simulate(sound, kind);
  if (violation) {
    console.error(`without any mutation: ${violation.rule}, in life ${violation.life}`);
    process.exit(1);
  }
}
console.log(`no violation in ${lives} lives without a mutation`);

let caught = 0;
for (const mutation of wanted) {
  try {
    plant(mutation);
    const violation = await simulate(await build(), mutation.kind);
    caught += violation ? 1 : 0;
    const told = violation ? `caught in life ${violation.life} by ${violation.rule}` : `SURVIVED ${lives} lives`;
    console.log(`${mutation.name}: ${told}`);
  } catch (error) {
    console.log(`${mutation.name}: FAILED: ${error.message}`);
  }
  for (const { file } of [mutation, ...(mutation.also ?? [])]) cpSync(join(root, file), join(crate, file));
}
console.log(`${wanted.length} mutants, ${caught} caught`);
process.exitCode = caught === wanted.length ? 0 : 1;
