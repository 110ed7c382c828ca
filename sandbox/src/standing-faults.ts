import { isObject } from './check/json.ts';
import { ENDPOINTS, type Endpoint } from './endpoint.ts';
import { type Fault, delay, drip, garbage, html, invalidGrant, status } from './faults.ts';
import type { SettingFault } from './settings.ts';

export type StandingFaults = Readonly<Partial<Record<Endpoint, Fault>>>;

/** The faults that a word can name. To hold or cut a connection takes a process of one's own. */
const NAMED: Readonly<Record<string, () => Fault>> = {
  html,
  garbage,
  invalid_grant: invalidGrant,
};

const SETTING = 'SANDBOX_FAULTS';
const SLOWEST_MILLISECONDS = 600_000;

/** What each call to an endpoint meets: `{"refresh": "garbage", "resource": {"status": 503, "retryAfter": "7"}}`. */
export function readStandingFaults(value: unknown, faults: SettingFault[]): StandingFaults {
  if (value === undefined || value === '') return {};
  const object = parse(value);
  if (object === undefined) {
    faults.push({ setting: SETTING, problem: 'is no JSON object of endpoints' });
    return {};
  }
  const standing: Partial<Record<Endpoint, Fault>> = {};
  for (const [endpoint, description] of Object.entries(object)) {
    const fault = faultOf(description);
    if (!(ENDPOINTS as readonly string[]).includes(endpoint)) {
      faults.push({ setting: `${SETTING}.${endpoint}`, problem: `is no endpoint; they are ${ENDPOINTS.join(', ')}` });
    } else if (fault === undefined) {
      faults.push({ setting: `${SETTING}.${endpoint}`, problem: 'is no fault that the gateway knows' });
    } else {
      standing[endpoint as Endpoint] = fault;
    }
  }
  return standing;
}

function parse(value: unknown): Record<string, unknown> | undefined {
  try {
    const object: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    return isObject(object) ? object : undefined;
  } catch {
    return undefined;
  }
}

function faultOf(description: unknown): Fault | undefined {
  if (typeof description === 'string') return Object.hasOwn(NAMED, description) ? NAMED[description]?.() : undefined;
  if (!isObject(description)) return undefined;
  const { status: code, retryAfter, delay: wait, drip: pause, ...unknown } = description;
  if (Object.keys(unknown).length > 0) return undefined;
  if (isWholeNumber(code, 200, 599)) return status(code, retryAfter === undefined ? undefined : String(retryAfter));
  if (isWholeNumber(wait, 1, SLOWEST_MILLISECONDS)) return delay(wait);
  return isWholeNumber(pause, 1, SLOWEST_MILLISECONDS) ? drip(pause) : undefined;
}

function isWholeNumber(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}
