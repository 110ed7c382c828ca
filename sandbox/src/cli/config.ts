import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ASPSP } from '../aspsp.ts';
import { type JsonObject, isObject } from '../check/json.ts';
import type { EnvironmentName } from '../life.ts';
import { type SettingFault, type Settings, readSettings } from '../settings.ts';
import { Mistake } from './mistake.ts';

/** The members of a configuration, and the worker's variables that say the same. */
const VARIABLES: Readonly<Record<string, string>> = {
  aspsp: 'SANDBOX_ASPSP',
  clientId: 'SANDBOX_CLIENT_ID',
  clientSecret: 'SANDBOX_CLIENT_SECRET',
  applications: 'SANDBOX_APPLICATIONS',
  strict: 'SANDBOX_STRICT',
  shape: 'SANDBOX_SHAPE',
  pageSize: 'SANDBOX_PAGE_SIZE',
  awkward: 'SANDBOX_AWKWARD',
  clockOffsetSeconds: 'SANDBOX_CLOCK_OFFSET_SECONDS',
  paymentAtAuthorise: 'SANDBOX_PAYMENT_AT_AUTHORISE',
  persona: 'SANDBOX_PERSONA',
  seed: 'SANDBOX_SEED',
  readings: 'SANDBOX_READINGS',
  controls: 'SANDBOX_CONTROLS',
  faults: 'SANDBOX_FAULTS',
  'lifetimes.codeSeconds': 'SANDBOX_CODE_SECONDS',
  'lifetimes.accessSeconds': 'SANDBOX_ACCESS_TOKEN_SECONDS',
  'lifetimes.refreshedAccessSeconds': 'SANDBOX_REFRESHED_ACCESS_TOKEN_SECONDS',
  'lifetimes.rotation': 'SANDBOX_ROTATION',
  'lifetimes.graceSeconds': 'SANDBOX_GRACE_SECONDS',
};

const TPP = ['clientId', 'clientSecret', 'applications'];

/** Reads the file and gives each environment's settings; every fault is told at once (CFG-4). */
export function readConfig(
  file: string | undefined,
  environments: readonly EnvironmentName[],
): Map<EnvironmentName, Settings> {
  const config = file === undefined ? {} : parse(file);
  const folder = file === undefined ? '.' : dirname(file);
  const faults: SettingFault[] = [];
  const all = new Map<EnvironmentName, Settings>();
  for (const environment of environments) {
    const read = readOne(config, { environment, folder, isAlone: environments.length === 1 });
    if ('settings' in read) all.set(environment, read.settings);
    else faults.push(...read.faults);
  }
  if (faults.length === 0) return all;
  const lines = new Set(faults.map(({ setting, problem }) => `  ${setting} ${problem}`));
  throw new Mistake(`${file} has faults:\n${[...lines].join('\n')}`);
}

interface Reading {
  environment: EnvironmentName;
  /** Where the files are that it names. */
  folder: string;
  isAlone: boolean;
}

/** What stands on the top level holds for both environments, what stands under the name of one for that alone. */
function readOne(config: JsonObject, { environment, folder, isAlone }: Reading): ReturnType<typeof readSettings> {
  const { sandbox = {}, production = {}, ...shared } = config;
  const faults: SettingFault[] = [];
  const own = { sandbox, production }[environment];
  if (!isObject(own)) faults.push({ setting: environment, problem: 'is no JSON object' });
  const misplaced = isAlone ? [] : TPP.filter((name) => Object.hasOwn(shared, name));
  for (const setting of misplaced) {
    const problem = 'has to stand under "sandbox" or "production": what is known in one is not in the other (ENV-5)';
    faults.push({ setting, problem });
  }
  const members = flattened({ ...shared, ...(isObject(own) && own) });
  const variables: Record<string, unknown> = { SANDBOX_ASPSP: ASPSP, SANDBOX_ENVIRONMENT: environment };
  for (const [name, value] of members) {
    const variable = Object.hasOwn(VARIABLES, name) ? VARIABLES[name] : undefined;
    if (variable === undefined) faults.push({ setting: name, problem: 'is unknown' });
    else variables[variable] = name === 'applications' ? withCertificates(value, folder, faults) : value;
  }
  const read = readSettings(variables);
  if ('faults' in read) faults.push(...read.faults.map(inWordsOfTheFile));
  return faults.length === 0 ? read : { faults };
}

/** `lifetimes` is the only member with members of its own to set. */
function flattened(config: JsonObject): [name: string, value: unknown][] {
  const { lifetimes, ...rest } = config;
  if (lifetimes === undefined) return Object.entries(rest);
  if (!isObject(lifetimes)) return [...Object.entries(rest), ['lifetimes', lifetimes]];
  const each = Object.entries(lifetimes).map(([name, value]): [string, unknown] => [`lifetimes.${name}`, value]);
  return [...Object.entries(rest), ...each];
}

/** A certificate may lie in a file of its own, whose bytes are the key as they are (JWS-8). */
function withCertificates(applications: unknown, folder: string, faults: SettingFault[]): unknown {
  if (!Array.isArray(applications)) return applications;
  return applications.map((application: unknown, index) => {
    if (!isObject(application) || typeof application['certificateFile'] !== 'string') return application;
    const { certificateFile, ...rest } = application;
    try {
      const bytes = readFileSync(resolve(folder, certificateFile as string));
      return { ...rest, certificate: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
    } catch (error) {
      const problem = error instanceof TypeError ? 'is no text in UTF-8' : `cannot be read (${codeOf(error)})`;
      faults.push({ setting: `applications[${index}].certificateFile`, problem });
      return { ...rest, certificate: '-' };
    }
  });
}

function inWordsOfTheFile({ setting, problem }: SettingFault): SettingFault {
  const named = Object.entries(VARIABLES).find(([, variable]) => setting.replace(/[[.].*$/, '') === variable);
  return named === undefined ? { setting, problem } : { setting: setting.replace(named[1], named[0]), problem };
}

function parse(file: string): JsonObject {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Mistake(`${file} cannot be read (${codeOf(error)}).`);
  }
  try {
    const config: unknown = JSON.parse(text);
    if (isObject(config)) return config;
  } catch {
    // The sentence below says it for both.
  }
  throw new Mistake(`${file} is no JSON object.`);
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code);
}
