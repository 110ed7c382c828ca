import { DatabaseSync } from 'node:sqlite';
import { Branch } from '../../src/branch.ts';
import { Clock } from '../../src/clock.ts';
import { type EnvironmentName, lifetimesOf } from '../../src/life.ts';
import { type Listener, listen } from '../../src/node/listen.ts';
import { sqlOf } from '../../src/node/sql.ts';
import { DEFAULT_READINGS } from '../../src/readings.ts';
import { Register } from '../../src/register.ts';
import { PAGE_SIZE, type Settings } from '../../src/settings.ts';
import { ASPSP, Tpp } from './tpp.ts';

/** One environment of a bank that nobody is configured with: all register at its portal. */
export interface Office {
  branch: Branch;
  clock: Clock;
  url: string;
}

export interface Both extends AsyncDisposable {
  sandbox: Office;
  production: Office;
  register: Register;
  /** All rows of all tables, as text: what whoever steals the files would read. */
  books(): string;
}

/** Both environments in this process, each on a port of its own, with one register (CFG-1). */
export async function startBoth(changes: Partial<Settings> = {}): Promise<Both> {
  const databases = Array.from({ length: 3 }, () => new DatabaseSync(':memory:'));
  const [shared, ...own] = databases.map(sqlOf) as [ReturnType<typeof sqlOf>, ...ReturnType<typeof sqlOf>[]];
  const register = new Register(shared);
  const listeners: Listener[] = [];
  const open = async (environment: EnvironmentName, sql = shared): Promise<Office> => {
    const clock = new Clock();
    const settings = { ...settingsOf(environment), clock, ...changes };
    const branch = new Branch({ configuration: { settings }, sql, register });
    const listener = await listen((request) => branch.serve(request, Date.now()), 0);
    listeners.push(listener);
    branch.address = listener.url;
    return { branch, clock, url: listener.url };
  };
  const sandbox = await open('sandbox', own[0]);
  const production = await open('production', own[1]);
  sandbox.branch.stand(production.branch);
  return {
    ...{ sandbox, production, register },
    books: () => databases.flatMap(allRows).map((row) => JSON.stringify(row)).join('\n'),
    [Symbol.asyncDispose]: async () => void (await Promise.all(listeners.map((listener) => listener.close()))),
  };
}

export interface Registered {
  clientId: string;
  clientSecret: string;
  app: string;
  certificate: string | Uint8Array;
}

export function tppAt({ url }: Office, registered: Registered): Tpp {
  const bases = { authBase: `${url}/v1`, resourceBase: `${url}/v1` };
  return new Tpp({ send: (request) => fetch(request), now: () => Date.now(), ...bases, ...registered });
}

function settingsOf(environment: EnvironmentName): Omit<Settings, 'clock'> {
  return {
    client: null,
    aspsp: ASPSP,
    applications: [],
    environment,
    strict: false,
    lifetimes: lifetimesOf(environment),
    resources: {},
    faults: [],
    shape: 'tell',
    pageSize: PAGE_SIZE,
    awkward: false,
    readings: DEFAULT_READINGS,
    persona: 'usual',
    seed: 0,
    paymentAtAuthorise: null,
    controls: 'loopback',
  };
}

function allRows(database: DatabaseSync): unknown[] {
  const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
  return tables.flatMap(({ name }) => database.prepare(`SELECT * FROM ${String(name)}`).all());
}
