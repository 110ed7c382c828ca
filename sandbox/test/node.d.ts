/** The few parts of Node that these tests use, declared here because the workspace has no package of Node's types. */

declare module 'node:test' {
  export function test(title: string, body: () => void | Promise<void>): void;
}

declare module 'node:assert/strict' {
  const assert: {
    ok(value: unknown, message?: string): asserts value;
    equal<T>(actual: unknown, expected: T, message?: string): asserts actual is T;
    notEqual(actual: unknown, expected: unknown, message?: string): void;
    deepEqual<T>(actual: unknown, expected: T, message?: string): asserts actual is T;
    match(text: string, pattern: RegExp, message?: string): void;
    doesNotMatch(text: string, pattern: RegExp, message?: string): void;
    throws(body: () => unknown, check: (error: unknown) => boolean): void;
    rejects(body: Promise<unknown>, check: (error: unknown) => boolean): Promise<void>;
  };
  export default assert;
}

declare module 'node:crypto' {
  interface Hmac {
    update(data: string): Hmac;
    digest(encoding: 'base64url'): string;
  }
  export function createHmac(algorithm: 'sha256' | 'sha512', key: string | Uint8Array): Hmac;
}

declare module 'node:sqlite' {
  type Value = string | number | null;
  export class DatabaseSync {
    constructor(path: string);
    prepare(query: string): { all(...bindings: Value[]): Record<string, unknown>[] };
  }
}
