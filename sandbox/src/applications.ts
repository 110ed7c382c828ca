import { type JsonObject, isObject } from './check/json.ts';
import type { SettingFault } from './settings.ts';

export interface Application {
  app: string;
  /** What people see it called; one of the settings may have an id alone. */
  name?: string;
  /** Whose it is; nothing for one of the settings, which belongs to their client. */
  developer?: string;
  /**
   * The bytes of the certificate's text, the HMAC key of every call this application signs (JWS-8): one, or both of
   * those that overlap while one replaces the other.
   */
  certificates: readonly Uint8Array[];
  /** Until when its certificates are in date; nothing where nobody holds them to that. */
  validUntil?: number;
  /** Null has the person sent to the holding page. */
  redirectUrl: string | null;
}

export const CERTIFICATE_LIMIT = 64 * 1024;

export function readApplications(value: unknown, faults: SettingFault[]): Application[] {
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
      return { app: '', certificates: [], redirectUrl: '' };
    }
    for (const name of Object.keys(entry).filter((key) => !['app', 'name', 'certificate', 'redirectUrl'].includes(key))) {
      faults.push({ setting: `${place}.${name}`, problem: 'is unknown' });
    }
    const app = readMember(entry, 'app', place, faults);
    if (app !== '' && seen.has(app)) faults.push({ setting: `${place}.app`, problem: 'is in an earlier entry too' });
    seen.add(app);
    const certificate = new TextEncoder().encode(readMember(entry, 'certificate', place, faults));
    if (certificate.length > CERTIFICATE_LIMIT) {
      faults.push({ setting: `${place}.certificate`, problem: `is larger than ${CERTIFICATE_LIMIT} bytes` });
    }
    const name = entry['name'] === undefined ? {} : { name: readMember(entry, 'name', place, faults) };
    return { app, ...name, certificates: [certificate], redirectUrl: readRedirectUrl(entry, place, faults) };
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

/** What is wrong with a redirect URL, as the end of a sentence; nothing when it is right. */
export function redirectProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return 'is no absolute http or https URL';
  if (url.username !== '' || url.password !== '') return 'holds a user name or password';
  if (text.includes('#')) return 'holds a fragment, which the answer cannot keep';
  const own = ['intent-id', 'uuid', 'authorisation_code'].find((name) => url.searchParams.has(name));
  return own === undefined ? undefined : `has a query parameter ${own}, which the answer adds (RED-1)`;
}
