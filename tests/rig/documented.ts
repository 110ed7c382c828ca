/** Answers of the worker, held against docs/reference/openapi.json: each status, code, member and header is told there. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

export const DOCUMENT = join(import.meta.dirname, '../../docs/reference/openapi.json');
/** Of the connection, not of the API. */
const TRANSPORT = ['connection', 'content-length', 'content-type', 'date', 'keep-alive', 'transfer-encoding'];
const BANK_ANSWER = '#/components/schemas/BankAnswer';

type Json = Readonly<Record<string, unknown>>;
interface Response {
  readonly headers?: Readonly<Record<string, { readonly required?: boolean; readonly $ref?: string }>>;
  readonly content?: Readonly<Record<string, { readonly schema: { readonly $ref?: string } }>>;
}
export interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Json>>;
}
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const escaped = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');

/** A schema that takes no member beside those that it names. The document leaves room for what later versions add. */
export function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const rest = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  return 'properties' in schema && !('additionalProperties' in schema) ? { ...rest, additionalProperties: false } : rest;
}

export class Documented {
  /** By operation: the statuses that it was seen to answer, as the document names them. */
  readonly seen = new Map<string, Set<string>>();
  readonly #document: OpenApi;
  readonly #ajv = formats.default(new Ajv2020({ strict: false, allErrors: true }));
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(document = JSON.parse(readFileSync(DOCUMENT, 'utf8')) as OpenApi) {
    const schemas = Object.entries(document.components.schemas).map(([name, schema]) => [name, closed(schema)]);
    this.#document = { ...document, components: { ...document.components, schemas: Object.fromEntries(schemas) } };
    this.#ajv.addSchema(this.#document, 'document');
  }

  /** Every operation, with its path and method. */
  get operations(): Array<Operation & { path: string; method: string }> {
    return Object.entries(this.#document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method })));
  }

  /** Fails where the answer is not as the document says. What is not of the API is nobody's to judge. */
  check(method: string, target: string, answer: Answered): void {
    const { pathname } = new URL(target, 'http://localhost');
    if (!pathname.startsWith('/api/')) return;
    try {
      const path = this.#pathOf(pathname);
      const asked = method === 'HEAD' ? 'get' : method.toLowerCase();
      const operation = this.#document.paths[path ?? '']?.[asked];
      if (path === undefined || operation === undefined) this.#checkRefused(path, answer);
      else this.#checkOperation([path, asked], operation, method === 'HEAD', answer);
    } catch (error) {
      const told = error instanceof Error ? error.message : String(error);
      assert.fail(`${method} ${pathname} is not as documented: ${told}\n${answer.status} ${answer.text.slice(0, 500)}`);
    }
  }

  #pathOf(pathname: string): string | undefined {
    const isOf = (path: string): boolean =>
      new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname);
    return Object.keys(this.#document.paths).find(isOf);
  }

  /** An address or a method that is not listed. */
  #checkRefused(path: string | undefined, { status, headers, text }: Answered): void {
    if (status >= 500) return;
    const methods = Object.keys(this.#document.paths[path ?? ''] ?? {}).map((method) => method.toUpperCase());
    const allowed = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    const expected = path === undefined ? [404, 'route_not_found', undefined] : [405, 'method_not_allowed', allowed.join(', ')];
    const code = text === '' ? expected[1] : (JSON.parse(text) as { code?: unknown }).code;
    assert.deepEqual([status, code, headers.allow], expected);
  }

  #checkOperation([path, method]: [string, string], operation: Operation, isHead: boolean, answer: Answered): void {
    const { status, headers, text } = answer;
    const named = [String(status), `${Math.floor(status / 100)}XX`].find((name) => name in operation.responses);
    assert.ok(named !== undefined, `the status ${status}`);
    const { operationId } = operation;
    this.seen.set(operationId, (this.seen.get(operationId) ?? new Set()).add(named));
    const [response, pointer] = this.#resolved<Response>(['paths', path, method, 'responses', named]);
    this.#checkHeaders(response, pointer, headers);
    if (isHead) return;
    const type = headers['content-type']?.split(';')[0];
    if (response.content === undefined) return assert.equal(text, '', 'it has no body');
    // Whatever the bank sent: nothing too, which has no type then.
    if (response.content[type ?? 'application/json']?.schema.$ref === BANK_ANSWER) return;
    assert.ok(type !== undefined && type in response.content, `the type ${type}`);
    const body: unknown = type.endsWith('json') ? JSON.parse(text) : text;
    this.#validate([...pointer, 'content', type, 'schema'], body, 'the body');
    if (type === 'application/problem+json') assert.equal((body as { status: unknown }).status, status);
  }

  #checkHeaders({ headers: documented = {} }: Response, pointer: string[], headers: IncomingHttpHeaders): void {
    const names = new Map(Object.keys(documented).map((name) => [name.toLowerCase(), name]));
    for (const name of Object.keys(headers)) assert.ok(names.has(name) || TRANSPORT.includes(name), `the header ${name}`);
    for (const [lower, name] of names) {
      const [{ required }, at] = this.#resolved<{ required?: boolean }>([...pointer, 'headers', name]);
      const found = headers[lower];
      assert.ok(found !== undefined || required !== true, `the header ${name} is missing`);
      for (const value of [found ?? []].flat()) this.#validate([...at, 'schema'], value, `the header ${name}`);
    }
  }

  /** What stands at a pointer or where that refers to, and its own pointer. */
  #resolved<T>(pointer: string[]): [T, string[]] {
    let found: unknown = this.#document;
    for (const part of pointer) found = (found as Record<string, unknown>)[part];
    const { $ref } = found as { $ref?: string };
    return $ref === undefined ? [found as T, pointer] : this.#resolved($ref.split('/').slice(1));
  }

  #validate(pointer: string[], value: unknown, what: string): void {
    const $ref = `document#/${pointer.map((part) => encodeURIComponent(escaped(part))).join('/')}`;
    const validate = this.#compiled.get($ref) ?? this.#ajv.compile({ $ref });
    this.#compiled.set($ref, validate);
    assert.ok(validate(value), `${what}: ${this.#ajv.errorsText(validate.errors)}`);
  }
}

/** What the answers of this process are held against. */
export const documented = new Documented();
