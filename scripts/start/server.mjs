// One `wrangler dev` as a child process: started, waited for, stopped with all that it started.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { StartError } from './ports.mjs';

const START_DEADLINE = 120_000;
const STOP_DEADLINE = 10_000;

export class Server {
  #child;

  /** `say` is given each line that it prints. */
  constructor({ name, config, port, envFile, stateDirectory, registry, verbose, say = print(name), env = {} }) {
    this.name = name;
    this.address = `http://localhost:${port}`;
    this.#child = spawn('wrangler', [
      'dev', '-c', config, '--local', '--ip', 'localhost', '--port', String(port), '--inspector-port', '0',
      '--persist-to', stateDirectory, '--env-file', envFile,
      '--show-interactive-dev-session', 'false', '--log-level', verbose ? 'log' : 'warn',
    ], {
      env: { ...process.env, ...quietWrangler(registry), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a process group of its own: Ctrl-C reaches us alone, and we can stop it whole
    });
    this.exited = Promise.race([
      once(this.#child, 'exit').then(([code, signal]) => signal ?? `exit code ${code}`),
      once(this.#child, 'error').then(([error]) => error.message),
    ]);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (line.trim() !== '') say(line);
      });
    }
  }

  /** Resolves when the server answers; what it answers with shows whether its settings are whole. */
  async ready() {
    const deadline = AbortSignal.timeout(START_DEADLINE);
    let ended;
    void this.exited.then((reason) => { ended = reason; });
    while (!deadline.aborted && ended === undefined) {
      const answer = await fetch(this.address, { signal: deadline, redirect: 'manual' }).catch(() => undefined);
      if (answer !== undefined && answer.status < 500) return;
      if (answer !== undefined) {
        throw new StartError(`The ${this.name} answers ${answer.status}: ${(await answer.text()).slice(0, 2000)}`);
      }
      await sleep(150);
    }
    if (ended !== undefined) throw new StartError(`The ${this.name} ended before it answered (${ended}).`);
    throw new StartError(`The ${this.name} did not answer on ${this.address} within ${START_DEADLINE / 1000} s.`);
  }

  async stop() {
    this.kill('SIGTERM');
    const late = setTimeout(() => this.kill('SIGKILL'), STOP_DEADLINE);
    await this.exited;
    clearTimeout(late);
    this.kill('SIGKILL'); // whatever of the group outlived its leader
  }

  kill(signal) {
    try {
      process.kill(-this.#child.pid, signal);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
}

function print(name) {
  // wrangler colours what it says whatever it writes to.
  const plain = (line) => (process.stdout.isTTY ? line : stripVTControlCharacters(line));
  return (line) => console.log(`${name.padEnd(7)} | ${plain(line)}`);
}

// No network, nothing written outside the project: no metrics, no update or location look-up, no log files.
function quietWrangler(registry) {
  return {
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_HIDE_BANNER: 'true',
    WRANGLER_WRITE_LOGS: 'false',
    WRANGLER_REGISTRY_PATH: registry,
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    X_LOCAL_OBSERVABILITY: 'false', // its trace store keeps every URL on disk, authorisation codes included
  };
}
