import { type Application, readApplications } from './applications.ts';
import { Clock } from './clock.ts';
import { CONTROLS, type Controls } from './controls.ts';
import { PERSONA_NAMES, type PersonaName } from './data/persona.ts';
import { SHAPES, type Shape } from './data/shape.ts';
import type { FaultRule } from './fault-rule.ts';
import { type EnvironmentName, type Lifetimes, ROTATIONS, lifetimesOf } from './life.ts';
import { type Readings, readReadings } from './readings.ts';
import { readStandingFaults } from './standing-faults.ts';

export type { Application } from './applications.ts';

export interface Settings {
  /** Of the TPP that needs no portal; null where all register there. */
  client: { clientId: string; clientSecret: string } | null;
  aspsp: string;
  applications: readonly Application[];
  environment: EnvironmentName;
  /** Whether order and spelling are held against the protocol where another reading means the same. */
  strict: boolean;
  lifetimes: Lifetimes;
  clock: Clock;
  /** Texts to answer with in place of the stub data, by path. */
  resources: Readonly<Record<string, string>>;
  /** Where this gateway reads the guide otherwise than usual. */
  readings: Readings;
  faults: readonly FaultRule[];
  /** ACC-5. */
  shape: Shape;
  /** How many items of a list an answer holds at most. */
  pageSize: number;
  /** Whether the account whose JSON is awkward is listed; it can be read in any case. */
  awkward: boolean;
  /** Whom the person at the bank is where nobody chooses. */
  persona: PersonaName;
  /** Which of many years everybody has lived through; 0 is the usual one. */
  seed: number;
  /** PAY-6: the member of the body of `POST /authorise` in which a payment may be stated; null when there is none. */
  paymentAtAuthorise: string | null;
  controls: Controls;
}

/** One wrong setting: what is wrong with it, never what it holds (CFG-4). */
export interface SettingFault {
  setting: string;
  problem: string;
}

export type Configuration = { settings: Settings } | { faults: SettingFault[] };

export const PAGE_SIZE = 50;
const MOST_SEED = 99_999_999;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const CONTROL = /[\u0000-\u001f\u007f]/;
const AUTHORISE_MEMBERS = ['aspsp', 'uuid', 'scope', 'sandbox_sca'];
const DAY_SECONDS = 86_400;
const YEAR_SECONDS = 365 * DAY_SECONDS;

type Variables = Readonly<Record<string, unknown>>;

/** Reads the worker's variables and reports every fault at once. */
export function readSettings(env: Variables): Configuration {
  const faults: SettingFault[] = [];
  const environment = readOneOf(env, 'SANDBOX_ENVIRONMENT', ['sandbox', 'production'], faults);
  const usual = lifetimesOf(environment);
  const seconds = (name: string, otherwise: number, [least, most]: [number, number] = [1, DAY_SECONDS]): number =>
    readWhole(env, `SANDBOX_${name}_SECONDS`, otherwise, { least, most, faults });
  const accessSeconds = seconds('ACCESS_TOKEN', usual.accessSeconds);
  const settings: Settings = {
    ...readTpp(env, faults),
    aspsp: readText(env, 'SANDBOX_ASPSP', faults),
    environment,
    strict: readOneOf(env, 'SANDBOX_STRICT', ['false', 'true'], faults) === 'true',
    lifetimes: {
      codeSeconds: seconds('CODE', usual.codeSeconds),
      accessSeconds,
      refreshedAccessSeconds: seconds('REFRESHED_ACCESS_TOKEN', accessSeconds),
      rotation: readOneOf(env, 'SANDBOX_ROTATION', ROTATIONS, faults),
      graceSeconds: seconds('GRACE', usual.graceSeconds),
    },
    clock: new Clock(seconds('CLOCK_OFFSET', 0, [-YEAR_SECONDS, YEAR_SECONDS])),
    resources: {},
    faults: readStandingFaults(env['SANDBOX_FAULTS'], faults),
    readings: readReadings(env['SANDBOX_READINGS'], faults),
    shape: readOneOf(env, 'SANDBOX_SHAPE', SHAPES, faults),
    pageSize: readWhole(env, 'SANDBOX_PAGE_SIZE', PAGE_SIZE, { least: 1, most: 1000, faults }),
    awkward: readOneOf(env, 'SANDBOX_AWKWARD', ['false', 'true'], faults) === 'true',
    controls: readOneOf(env, 'SANDBOX_CONTROLS', CONTROLS, faults),
    persona: readOneOf(env, 'SANDBOX_PERSONA', PERSONA_NAMES, faults),
    seed: readWhole(env, 'SANDBOX_SEED', 0, { least: 0, most: MOST_SEED, faults }),
    paymentAtAuthorise: readMemberName(env, 'SANDBOX_PAYMENT_AT_AUTHORISE', faults),
  };
  if (settings.aspsp !== '' && !UUID.test(settings.aspsp)) {
    faults.push({ setting: 'SANDBOX_ASPSP', problem: 'is no UUID (CFG-2)' });
  }
  return faults.length > 0 ? { faults } : { settings };
}

const TPP = ['SANDBOX_CLIENT_ID', 'SANDBOX_CLIENT_SECRET', 'SANDBOX_APPLICATIONS'];

/** The TPP that is known without the portal; where none of its settings is set, all register there. */
function readTpp(env: Variables, faults: SettingFault[]): Pick<Settings, 'client' | 'applications'> {
  if (TPP.every((setting) => (env[setting] ?? '') === '')) return { client: null, applications: [] };
  const clientId = readText(env, 'SANDBOX_CLIENT_ID', faults);
  if (clientId.includes(':')) faults.push({ setting: 'SANDBOX_CLIENT_ID', problem: 'holds a colon (BAS-2)' });
  const client = { clientId, clientSecret: readText(env, 'SANDBOX_CLIENT_SECRET', faults) };
  return { client, applications: readApplications(env['SANDBOX_APPLICATIONS'], faults) };
}

/** A name of its own beside the members that the body has (AUT-1). */
function readMemberName(env: Variables, setting: string, faults: SettingFault[]): string | null {
  const value = env[setting] ?? '';
  if (value === '') return null;
  if (/^[A-Za-z][\w.-]{0,63}$/.test(String(value)) && !AUTHORISE_MEMBERS.includes(String(value))) return String(value);
  faults.push({ setting, problem: 'is no name of a new member: a letter, then up to 63 of A-Z a-z 0-9 _ . -' });
  return null;
}

function readText(env: Variables, setting: string, faults: SettingFault[]): string {
  const value = env[setting];
  if (typeof value !== 'string' || value === '') {
    faults.push({ setting, problem: 'is missing' });
    return '';
  }
  if (CONTROL.test(value)) faults.push({ setting, problem: 'holds a control character (BAS-2)' });
  return value;
}

interface Range {
  least: number;
  most: number;
  faults: SettingFault[];
}

function readWhole(env: Variables, setting: string, otherwise: number, { least, most, faults }: Range): number {
  const value = env[setting] ?? '';
  if (value === '') return otherwise;
  const number = /^-?\d{1,8}$/.test(String(value)) ? Number(value) : NaN;
  if (number >= least && number <= most) return number;
  faults.push({ setting, problem: `is no whole number from ${least} to ${most}` });
  return otherwise;
}

/** The first is the one that stands when nothing is set. */
function readOneOf<T extends string>(env: Variables, setting: string, words: readonly T[], faults: SettingFault[]): T {
  const value = env[setting] ?? '';
  const word = value === '' ? words[0] : words.find((known) => known === String(value));
  if (word === undefined) faults.push({ setting, problem: `is none of ${words.join(', ')}` });
  return word ?? (words[0] as T);
}
