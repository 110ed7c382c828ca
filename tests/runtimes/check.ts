/** As much of a test library as runs in every runtime: the suite imports nothing but the package. */

import { TellConnectError, type ErrorCode } from 'tell-connect';

export interface Case {
  /** Begins with the rules it checks. */
  readonly name: string;
  readonly run: () => void | Promise<void>;
}

export function ok(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

/** Compares by JSON: the order of members counts, as it does on the wire. */
export function equal(actual: unknown, expected: unknown, what = 'value'): void {
  const [is, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  ok(is === wanted, `${what} is ${is}, not ${wanted}`);
}

/** The codes with which calls have been refused so far. */
export const refusals = new Set<ErrorCode>();

/** The call is refused with this code, and a sentence. */
export function refused(code: ErrorCode, call: () => unknown, what = ''): TellConnectError {
  let result: unknown;
  try {
    result = call();
  } catch (error) {
    ok(error instanceof TellConnectError, `${what} was refused with ${String(error)}, not ${code}`);
    ok(error.code === code, `${what} was refused with ${error.code}, not ${code}`);
    ok(error instanceof Error && error.name === 'TellConnectError', 'it is an Error by name and kind');
    ok(error.message.length > 10, `${code} has a sentence`);
    refusals.add(code);
    return error;
  }
  throw new Error(`${what} gave ${JSON.stringify(result)}, and was to be refused with ${code}`);
}

/** Each of these calls, by what is wrong with it, is refused with this code. */
export function allRefused(code: ErrorCode, calls: Readonly<Record<string, () => unknown>>): void {
  for (const [what, call] of Object.entries(calls)) refused(code, call, what);
}

/** A JavaScript caller, whom no type holds back. */
export const untyped = (value: unknown): never => value as never;
