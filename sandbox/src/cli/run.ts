import { get } from 'node:http';
import { DEFAULT_BASES } from '../bases.ts';
import { Branch } from '../branch.ts';
import type { EnvironmentName } from '../life.ts';
import { WORKER_REDIRECT, workerSettings } from '../node/credentials.ts';
import { envText } from '../node/env-file.ts';
import { type Listener, listenAsLocalhost } from '../node/listen.ts';
import { redirectProblem } from '../applications.ts';
import { Register } from '../register.ts';
import type { Settings } from '../settings.ts';
import type { Arguments } from './arguments.ts';
import { readConfig } from './config.ts';
import { type WorkerSettings, writeSettings } from './env.ts';
import { type Served, greeting, greetingJson } from './greeting.ts';
import { jsonOf, lineOf, mayColour } from './lines.ts';
import { Mistake } from './mistake.ts';
import { registerReady } from './register.ts';
import { State } from './state.ts';

export interface Output {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** Serves until it is closed: gives what closes it. */
export async function run(asked: Arguments, output: Output, env: NodeJS.ProcessEnv): Promise<() => Promise<void>> {
  const { redirectUrl = WORKER_REDIRECT } = asked;
  const problem = redirectProblem(redirectUrl);
  if (problem !== undefined) throw new Mistake(`--redirect-url ${problem}.`, 2);
  const settings = readConfig(asked.config, asked.environments);
  const state = new State(asked.state);
  const listeners: Listener[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(listeners.map((listener) => listener.close()));
    state.close();
  };
  try {
    const register = new Register(state.books('register'));
    const served: Served[] = [];
    const branches: Branch[] = [];
    for (const [environment, its] of settings) {
      const branch = new Branch({ configuration: { settings: its }, sql: state.books(environment), register });
      branches[0]?.stand(branch);
      branches.push(branch);
      const port = asked.port === 0 ? 0 : asked.port + served.length;
      const listener = await listenOn(branch, port);
      listeners.push(listener);
      branch.address = listener.url;
      if (!asked.quiet) report(branch, environment, asked, { output, env });
      const place = placeOf(listener.url, environment, its);
      const worker = await workerOf(its, { state, register, place, redirectUrl });
      const folderOf = { envFile: asked.envFile, folder: state.folder, isBeside: served.length > 0 };
      served.push({ ...place, url: listener.url, envFile: writeSettings(worker, environment, folderOf) });
      if (asked.printEnv && !asked.json) output.write(`\n# ${environment}\n${envText(worker)}`);
    }
    await answered(`${served[0]?.url}/`);
    const started = { served, state: state.isKept ? state.folder : undefined, milliseconds: performance.now() };
    output.write(`${asked.json ? greetingJson(started) : greeting(started)}\n`);
    return close;
  } catch (error) {
    await close();
    throw error;
  }
}

async function listenOn(branch: Branch, port: number): Promise<Listener> {
  try {
    return await listenAsLocalhost((request) => branch.serve(request, Date.now()), port);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE') throw new Mistake(`Port ${port} cannot be used: ${message}`);
    throw new Mistake(`Port ${port} is in use. Stop what listens there, or choose another with --port.`);
  }
}

function placeOf(url: string, environment: EnvironmentName, { aspsp }: Settings) {
  return { environment, aspsp, authBase: url + DEFAULT_BASES.auth, resourceBase: url + DEFAULT_BASES.resource };
}

interface Ready {
  state: State;
  register: Register;
  place: ReturnType<typeof placeOf>;
  redirectUrl: string;
}

/** The settings of a worker for the TPP of the configuration, or else for one that is registered ready-made. */
async function workerOf(
  { client, applications: [first] }: Settings,
  { state, register, place, redirectUrl }: Ready,
): Promise<WorkerSettings> {
  const kept = state.credentials(place.environment, redirectUrl);
  if (client === null || first === undefined) {
    await registerReady(register, place.environment, kept, Date.now());
    return workerSettings(kept, place);
  }
  const [certificate = new Uint8Array()] = first.certificates;
  const configured = { ...client, ...first, certificate: new TextDecoder().decode(certificate) };
  return workerSettings({ ...configured, vaultKey: kept.vaultKey }, place);
}

function report(
  { journal }: Branch,
  environment: EnvironmentName,
  { json, environments }: Arguments,
  { output, env }: { output: Output; env: NodeJS.ProcessEnv },
): void {
  const coloured = mayColour(output, env);
  const label = environments.length > 1 ? environment : '';
  journal.listen((entry) => {
    output.write(`${json ? jsonOf(entry, environment) : lineOf(entry, { label, coloured })}\n`);
  });
}

/** It is ready when it has answered. */
function answered(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, (answer) => {
      answer.resume();
      answer.once('end', resolve);
    }).once('error', reject);
  });
}
