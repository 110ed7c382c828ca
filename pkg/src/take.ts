// Takes what a caller hands over apart, before anything crosses into the wasm: a getter that throws throws here, and
// what is too large is refused before a byte of it is copied.
import { TellConnectError } from './error.js';
import { LIMITS, SENTENCES } from './generated/core.js';

export function wrongOption(name: string): TellConnectError {
  return new TellConnectError('invalid_argument', `${SENTENCES.invalid_argument} (${name})`);
}

export function noObject(): TellConnectError {
  return new TellConnectError('invalid_argument', 'The argument must be an object.');
}

export function tooLarge(): TellConnectError {
  return new TellConnectError('too_large', SENTENCES.too_large);
}

const lengthOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'byteLength')?.get;

/** The platform's own length of bytes; `undefined` for what only claims to be bytes. */
export function byteLengthOf(value: unknown): number | undefined {
  try {
    const length = lengthOf?.call(value) as number;
    return value instanceof Uint8Array ? length : undefined;
  } catch {
    return undefined;
  }
}

/** A member of a caller's object; `undefined` for `null` too. */
export function member(options: unknown, name: string): unknown {
  try {
    return (options as Record<string, unknown>)[name] ?? undefined;
  } catch {
    throw noObject();
  }
}

/** A text of at most so many bytes; shorter than that in characters is all that can be seen from here. */
export function text(value: unknown, name: string, limit: number): string {
  if (typeof value !== 'string') throw wrongOption(name);
  if (value.length > limit) throw tooLarge();
  return value;
}

export function optionalText(value: unknown, name: string, limit: number): string | undefined {
  return value === undefined || value === null ? undefined : text(value, name, limit);
}

export function flag(value: unknown, name: string): boolean {
  if (value === undefined) return false;
  if (typeof value !== 'boolean') throw wrongOption(name);
  return value;
}

/** A number, or one that is none: what numbers are taken is decided in Rust. */
export const number = (value: unknown): number => (typeof value === 'number' ? value : NaN);

/**
 * The named members as a plain object of texts, numbers and flags. What is anything else becomes `false`, which Rust
 * takes for what it is: of the wrong kind.
 */
export function members(options: unknown, names: readonly string[], limit: number): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const name of names) {
    const value = member(options, name);
    if (value === undefined) continue;
    if (typeof value === 'string' && value.length > limit) throw tooLarge();
    plain[name] = typeof value === 'string' || typeof value === 'number' ? value : value === true;
  }
  return plain;
}

/** The names of a type's members, all of them: one that Rust has and the list lacks does not compile. */
export function allOf<Name extends string>() {
  return <const List extends readonly Name[]>(
    list: List,
    ..._missing: [Exclude<Name, List[number]>] extends [never] ? [] : [Exclude<Name, List[number]>]
  ): List => list;
}

/** A profile as JSON text; `undefined` for none. */
export function profileText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  let copy: string | undefined;
  try {
    copy = JSON.stringify(value);
  } catch {
    // A cycle, or a getter that throws: no JSON.
  }
  if (copy === undefined) throw new TellConnectError('profile_invalid', SENTENCES.profile_invalid);
  if (copy.length > LIMITS.text) throw tooLarge();
  return copy;
}

/** A payment's JSON text: as it was given, or written once. */
export function paymentText(payment: unknown): string {
  if (typeof payment !== 'object' || payment === null) return text(payment, 'payment', LIMITS.payment);
  let written: string | undefined;
  try {
    written = JSON.stringify(payment);
  } catch {
    // A cycle, or a getter that throws: no JSON.
  }
  return text(written, 'payment', LIMITS.payment);
}
