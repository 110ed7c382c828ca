// Runs the worker with its page, and the sandbox gateway, until stopped; with EXAMPLE=shop or sync the example too. With --check it only looks at the ports.
import { join } from 'node:path';
import { assertFree, EXAMPLES, exampleIn, readPorts, StartError } from './start/ports.mjs';
import { Server } from './start/server.mjs';
import { writeSettings } from './start/settings.mjs';

const root = join(import.meta.dirname, '..');
const directory = join(root, '.dev');

try {
  const ports = readPorts(process.env);
  await assertFree(ports);
  if (!process.argv.includes('--check')) await run(ports);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

async function run(ports) {
  const began = performance.now();
  const stopped = stopSignal();
  const envFiles = writeSettings(directory, ports);
  const servers = Object.keys(ports).map((name) => new Server({
    name,
    config: join(root, configOf(name, exampleIn(ports))),
    port: ports[name],
    envFile: envFiles[name],
    stateDirectory: join(directory, 'state', name),
    registry: join(directory, 'state', 'registry'),
    verbose: Boolean(process.env.VERBOSE),
  }));
  process.once('exit', () => servers.forEach((server) => server.kill('SIGKILL')));
  const ended = Promise.race([stopped, ...servers.map(failure)]);
  try {
    const ready = Promise.all(servers.map((server) => server.ready()));
    await Promise.race([ready.then(() => greet(servers, exampleIn(ports), performance.now() - began)), ended]);
    await ended;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
  console.log('\nStopped. Consents are kept in .dev/state for the next start.');
}

// Resolves at the first Ctrl-C or SIGTERM; a second one does not wait for anything.
function stopSignal() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.once(signal, () => {
        resolve();
        process.once(signal, () => process.exit(1));
      });
    }
  });
}

async function failure(server) {
  const reason = await server.exited;
  throw new StartError(`The ${server.name} ended by itself (${reason}). What it said last is above.`);
}

function configOf(name, example) {
  if (name === example) return `examples/${name}/wrangler.jsonc`;
  return (name === 'worker' && EXAMPLES[example]?.worker) || `${name}/wrangler.jsonc`;
}

function greet([worker, sandbox, server], name, milliseconds) {
  const time = `${(milliseconds / 1000).toFixed(1)} s`;
  const { title, open } = EXAMPLES[name] ?? { open: 'page and connect a bank' };
  const example = server === undefined ? '' : `\n  ${title.padEnd(18)}${server.address}`;
  console.log(`  ✓ ${'start worker and sandbox gateway'.padEnd(50)} ${time.padStart(12)}

  Page and worker   ${worker.address}
  Sandbox gateway   ${sandbox.address}
    its portal      ${sandbox.address}/portal
    time and faults ${sandbox.address}/control
    each call       ${sandbox.address}/viewer${example}

  Open the ${open}. Stop with Ctrl-C.
`);
}
