import { isObject } from './check/json.ts';
import { BadRule, type FaultRule, readRule } from './fault-rule.ts';
import type { SettingFault } from './settings.ts';

const SETTING = 'SANDBOX_FAULTS';

/** What each call to an endpoint meets: `{"refresh": "garbage", "resource": {"status": 503, "retryAfter": "7"}}`. */
export function readStandingFaults(value: unknown, faults: SettingFault[]): FaultRule[] {
  if (value === undefined || value === '') return [];
  const object = parse(value);
  if (object === undefined) {
    faults.push({ setting: SETTING, problem: 'is no JSON object of endpoints' });
    return [];
  }
  return Object.entries(object).flatMap(([endpoint, fault]) => {
    const id = `standing-${endpoint}`;
    try {
      return [readRule({ id, endpoint, fault: unabridged(fault) }, () => id)];
    } catch (error) {
      if (!(error instanceof BadRule)) throw error;
      const named = error.problems.find(({ member }) => member !== 'id');
      faults.push({ setting: `${SETTING}.${endpoint}`, problem: named?.problem ?? 'is no endpoint' });
      return [];
    }
  });
}

function parse(value: unknown): Record<string, unknown> | undefined {
  try {
    const object: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    return isObject(object) ? object : undefined;
  } catch {
    return undefined;
  }
}

/** Three kinds are known by their one member too: `{"status": 503}`, `{"delay": 10}`, `{"drip": 1}`. */
function unabridged(fault: unknown): unknown {
  if (!isObject(fault) || Object.hasOwn(fault, 'kind')) return fault;
  const { delay, drip, ...rest } = fault;
  if (delay !== undefined) return { kind: 'delay', milliseconds: delay, ...rest };
  if (drip !== undefined) return { kind: 'drip', milliseconds: drip, ...rest };
  return { kind: 'status', ...rest };
}
