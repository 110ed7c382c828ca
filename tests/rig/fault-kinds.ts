/** Each kind of fault that the gateway can be told to have, with what a test wants of its members. */

import { KINDS } from '../../sandbox/src/fault-kinds.ts';
import { readFault } from '../../sandbox/src/fault-rule.ts';
import type { Fault } from 'tell-connect-sandbox/faults';

const FAULTS = {
  'status 503': { kind: 'status', status: 503 },
  'status 500': { kind: 'status', status: 500 },
  'retry-after': { kind: 'retry-after', retryAfter: 1 },
  'delay': { kind: 'delay', milliseconds: 300 },
  'drip': { kind: 'drip', milliseconds: 1 },
  'drop-before': 'drop-before',
  'drop-after': 'drop-after',
  'cut-body': 'cut-body',
  'garbage': 'garbage',
  'html': 'html',
  'empty': 'empty',
  'wrong-type': 'wrong-type',
  'wrong-shape': 'wrong-shape',
  'unknown-members': 'unknown-members',
  'no-refresh-token': 'no-refresh-token',
  'duplicate': 'duplicate',
  '401-once': '401-once',
  '403-limit': '403-limit',
  'invalid_grant': 'invalid_grant',
  'revoked-in-flight': { kind: 'revoked-in-flight', when: 'before' },
  'revoked after': { kind: 'revoked-in-flight', when: 'after' },
} as const;

export type FaultName = keyof typeof FAULTS;

export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

export function faultNamed(name: FaultName): Fault {
  const problems: { problem: string }[] = [];
  const given = readFault(FAULTS[name], problems as never);
  if (problems.length > 0) throw new Error(`${name}: ${problems[0]?.problem}`);
  return KINDS[given.kind]?.make(given) ?? {};
}

/** The kinds that no name stands for. */
export function unnamedKinds(): string[] {
  const named = new Set(Object.values(FAULTS).map((fault) => (typeof fault === 'string' ? fault : fault.kind)));
  return Object.keys(KINDS).filter((kind) => !named.has(kind as never));
}
