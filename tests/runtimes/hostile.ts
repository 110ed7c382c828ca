/** What a caller can pass where a string, an options object or a number belongs. Whatever it is, nothing may trap. */

import { TellConnectError } from 'tell-connect';
import { ok, untyped } from './check.ts';

const TRAPS = ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor', 'isExtensible'] as const;

/** Larger than any limit, in characters of three bytes each. */
const HUGE = '€'.repeat(3 * 1024 * 1024);

/** Fresh ones at each call: some can be used only once. */
export function hostileValues(): Array<readonly [string, unknown]> {
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  return [
    ['undefined', undefined], ['null', null], ['true', true], ['false', false],
    ['0', 0], ['-0', -0], ['-1', -1], ['1.5', 1.5], ['NaN', NaN], ['Infinity', Infinity], ['2^53', 2 ** 53],
    ['1e308', 1e308], ['a bigint', 10n ** 30n], ['a symbol', Symbol('hostile')], ['a shared symbol', Symbol.for('x')],
    ['an empty string', ''], ['a space', ' '], ['a NUL', '\0'], ['a huge string', HUGE],
    ['a lone high surrogate', 'a\ud800b'], ['a lone low surrogate', '\udc00'], ['beyond the BMP', '𝄞'.repeat(99)],
    ['an object', {}], ['an object without prototype', Object.create(null)], ['a cyclic object', cyclic],
    ['an array', []], ['a sparse array', untyped(Array(4_000_000_000))], ['an array of strings', ['a', 'b']],
    ['a String object', new String('sandbox')], ['a function', () => 'aisp'], ['a class', class {}],
    ['a Date', new Date(NaN)], ['a RegExp', /x/], ['a Map', new Map([['scope', 'aisp']])],
    ['a Promise', new Promise(() => {})], ['an Error', new Error('hostile')], ['bytes', new Uint8Array(9)],
    ['a DataView', new DataView(new ArrayBuffer(8))],
    ['detached bytes', detached()], ['bytes that lie about their length', new LyingBytes(16)],
    ['an object that only claims to be bytes', Object.create(Uint8Array.prototype)], ['the global object', globalThis],
    ['a text that throws when it is made', { toString: thrower(new Error('toString')), valueOf: thrower(1) }],
    ['a Proxy whose every trap throws', throwingProxy()], ['a revoked Proxy', revokedProxy()],
    ['a Proxy that is everything at once', echoingProxy()], ['an object that changes at each look', fickle()],
    ['getters that throw an Error', getters(new Error('getter'))],
    ['getters that throw a symbol', getters(Symbol('s'))], ['getters that throw undefined', getters(undefined)],
  ];
}

/**
 * Makes a call with each hostile value. It may return or throw, but what it throws is an error of this package, and
 * after it `control` still gives what it gave before.
 */
export function survives(what: string, call: (value: never) => unknown, control: () => unknown): void {
  const expected = JSON.stringify(control());
  const faults: string[] = [];
  for (const [name, value] of hostileValues()) {
    try {
      call(untyped(value));
    } catch (error) {
      const isOurs = error instanceof TellConnectError && error.code !== 'not_ready';
      if (!isOurs || error.message.includes('hostile')) faults.push(`${name}: ${describe(error)}`);
    }
    if (JSON.stringify(control()) !== expected) faults.push(`${name}: it has damaged what came after`);
  }
  ok(faults.length === 0, `${what} with ${faults.join('; ')}`);
}

/** The same for every member of an options object, the others being as they should. */
export function survivesMembers<T extends object>(
  what: string, options: T, names: readonly string[], call: (options: T) => unknown, control: () => unknown,
): void {
  survives(what, call, control);
  for (const name of names) survives(`${what} ${name}`, (value) => call({ ...options, [name]: value }), control);
}

// An error of somebody else's making need not have a text.
function describe(error: unknown): string {
  try {
    return String(error);
  } catch {
    return typeof error;
  }
}

function thrower(error: unknown): () => never {
  return () => {
    throw error;
  };
}

class LyingBytes extends Uint8Array {
  override get length(): number {
    return 2 ** 31;
  }
}

function detached(): Uint8Array {
  const bytes = new Uint8Array(16);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

function throwingProxy(): object {
  return new Proxy({}, Object.fromEntries(TRAPS.map((trap) => [trap, thrower(new Error(trap))])));
}

function revokedProxy(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** Every member of it is itself, and calling it gives it again. */
function echoingProxy(): object {
  const proxy: object = new Proxy(() => proxy, { get: () => proxy, apply: () => proxy });
  return proxy;
}

function fickle(): object {
  const answers = ['sandbox', 7, null, 'aisp', Symbol('x'), {}, undefined, '/accounts'];
  let look = 0;
  return new Proxy({}, { get: () => answers[look++ % answers.length] });
}

/** An options object that has every name this package looks for, and throws at each. */
function getters(error: unknown): object {
  const names = ['environment', 'aspsp', 'scope', 'uuid', 'sandboxSca', 'app', 'path', 'payload', 'iat', 'href',
    'certificate', 'clientId', 'profile', 'method', 'accessToken', 'type', 'toJSON'];
  return Object.defineProperties({}, Object.fromEntries(names.map((name) => [name, { get: thrower(error) }])));
}
