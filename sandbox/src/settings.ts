import { type JsonObject, isObject } from './check/json.ts';
import type { Client } from './check/basic.ts';

export interface Application {
  app: string;
  /** The bytes of the certificate's text: the HMAC key of every call this application signs (JWS-8). */
  certificate: Uint8Array;
  redirectUrl: string;
}

export interface Settings {
  client: Client;
  aspsp: string;
  applications: Application[];
  accessTokenSeconds: number;
}

/** One wrong setting: what is wrong with it, never what it holds (CFG-4). */
export interface SettingFault {
  setting: string;
  problem: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const CONTROL = /[\u0000-\u001f\u007f]/;
const CERTIFICATE_LIMIT = 64 * 1024;
const ACCESS_TOKEN_SECONDS = 3600;
const ACCESS_TOKEN_SECONDS_LIMIT = 86_400;

type Variables = Readonly<Record<string, unknown>>;

/** Reads the worker's variables and reports every fault at once. */
export function readSettings(env: Variables): { settings: Settings } | { faults: SettingFault[] } {
  const faults: SettingFault[] = [];
  const clientId = readText(env, 'SANDBOX_CLIENT_ID', faults);
  if (clientId.includes(':')) faults.push({ setting: 'SANDBOX_CLIENT_ID', problem: 'holds a colon (BAS-2)' });
  const settings: Settings = {
    client: { clientId, clientSecret: readText(env, 'SANDBOX_CLIENT_SECRET', faults) },
    aspsp: readText(env, 'SANDBOX_ASPSP', faults),
    applications: readApplications(env['SANDBOX_APPLICATIONS'], faults),
    accessTokenSeconds: readSeconds(env['SANDBOX_ACCESS_TOKEN_SECONDS'], faults),
  };
  if (settings.aspsp !== '' && !UUID.test(settings.aspsp)) {
    faults.push({ setting: 'SANDBOX_ASPSP', problem: 'is no UUID (CFG-2)' });
  }
  return faults.length > 0 ? { faults } : { settings };
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

function readSeconds(value: unknown, faults: SettingFault[]): number {
  if (value === undefined || value === '') return ACCESS_TOKEN_SECONDS;
  const seconds = /^\d{1,6}$/.test(String(value)) ? Number(value) : 0;
  if (seconds < 1 || seconds > ACCESS_TOKEN_SECONDS_LIMIT) {
    const problem = `is no whole number from 1 to ${ACCESS_TOKEN_SECONDS_LIMIT}`;
    faults.push({ setting: 'SANDBOX_ACCESS_TOKEN_SECONDS', problem });
  }
  return seconds;
}

function readApplications(value: unknown, faults: SettingFault[]): Application[] {
  const setting = 'SANDBOX_APPLICATIONS';
  if (value === undefined || value === '') {
    faults.push({ setting, problem: 'is missing' });
    return [];
  }
  const list = parseList(value);
  if (list === undefined) {
    faults.push({ setting, problem: 'is no JSON list of one or more {"app", "certificate", "redirectUrl"}' });
    return [];
  }
  const seen = new Set<string>();
  return list.map((entry, index) => {
    const place = `${setting}[${index}]`;
    if (!isObject(entry)) {
      faults.push({ setting: place, problem: 'is no JSON object' });
      return { app: '', certificate: new Uint8Array(), redirectUrl: '' };
    }
    for (const name of Object.keys(entry).filter((key) => !['app', 'certificate', 'redirectUrl'].includes(key))) {
      faults.push({ setting: `${place}.${name}`, problem: 'is unknown' });
    }
    const app = readMember(entry, 'app', place, faults);
    if (app !== '' && seen.has(app)) faults.push({ setting: `${place}.app`, problem: 'is in an earlier entry too' });
    seen.add(app);
    const certificate = new TextEncoder().encode(readMember(entry, 'certificate', place, faults));
    if (certificate.length > CERTIFICATE_LIMIT) {
      faults.push({ setting: `${place}.certificate`, problem: `is larger than ${CERTIFICATE_LIMIT} bytes` });
    }
    return { app, certificate, redirectUrl: readRedirectUrl(entry, place, faults) };
  });
}

function parseList(value: unknown): unknown[] | undefined {
  try {
    // A variable written as JSON in the configuration file arrives parsed; one from an env file is text.
    const list: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    return Array.isArray(list) && list.length > 0 ? list : undefined;
  } catch {
    return undefined;
  }
}

function readMember(entry: JsonObject, name: string, place: string, faults: SettingFault[]): string {
  const value = entry[name];
  if (typeof value === 'string' && value !== '') return value;
  faults.push({ setting: `${place}.${name}`, problem: 'is missing or no text' });
  return '';
}

function readRedirectUrl(entry: JsonObject, place: string, faults: SettingFault[]): string {
  const text = readMember(entry, 'redirectUrl', place, faults);
  if (text === '') return '';
  const problem = redirectProblem(text);
  if (problem !== undefined) faults.push({ setting: `${place}.redirectUrl`, problem });
  return text;
}

function redirectProblem(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return 'is no absolute http or https URL';
  if (url.username !== '' || url.password !== '') return 'holds a user name or password';
  if (text.includes('#')) return 'holds a fragment, which the answer cannot keep';
  const own = ['intent-id', 'uuid', 'authorisation_code'].find((name) => url.searchParams.has(name));
  return own === undefined ? undefined : `has a query parameter ${own}, which the answer adds (RED-1)`;
}
