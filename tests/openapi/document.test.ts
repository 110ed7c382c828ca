/** docs/reference/openapi.json is written anew, is OpenAPI, holds what the core's tables hold, and is held to. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { CODES, type ProblemCode } from '../../pkg/src/generated/core.ts';
import { CALLBACK_CODES, OPERATIONS } from '../../scripts/openapi/operations.ts';
import { written } from '../../scripts/openapi/written.ts';
import { type Answered, DOCUMENT, Documented } from '../rig/documented.ts';

const ROOT = join(import.meta.dirname, '../..');
const document = JSON.parse(readFileSync(DOCUMENT, 'utf8')) as Record<string, unknown>;

test('the document, its page and its types are what node scripts/openapi.ts writes', async () => {
  for (const [file, text] of Object.entries(await written())) assert.equal(readFileSync(join(ROOT, file), 'utf8'), text, file);
});

test('the document is OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  assert.deepEqual([valid, errors], [true, undefined]);
});

/** Codes that a backend alone meets, by the service binding. */
const OF_BACKENDS: readonly ProblemCode[] = ['budget_spent', 'method_invalid'];

test('ERR-2: every code that a caller can be answered with is documented where it can be met', () => {
  const met = new Set<string>([...OPERATIONS.flatMap(({ codes }) => codes), ...CALLBACK_CODES, 'method_not_allowed', ...OF_BACKENDS]);
  const answered = Object.entries(CODES).filter(([, { met }]) => met !== 'thrown').map(([code]) => code);
  assert.deepEqual([...met].sort(), answered.sort());
});

interface Response {
  readonly headers: Record<string, object>;
  readonly content?: Record<string, { examples?: Record<string, object> }>;
}

/** What a reference is to. */
function resolved<T>(value: object): T {
  if (!('$ref' in value)) return value as T;
  let found: unknown = document;
  for (const part of String(value.$ref).split('/').slice(1)) found = (found as Record<string, unknown>)[part];
  return found as T;
}

/** The headers that have to be there. */
function headersOf({ headers }: Response): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, header]) => {
    const { required, schema } = resolved<{ required?: boolean; schema: { const?: string; enum?: string[] } }>(header);
    const sample = schema.const ?? schema.enum?.[0] ?? (name === 'Set-Cookie' ? '__Host-tell-aisp=x' : '7');
    return required === true ? [[name.toLowerCase(), sample]] : [];
  }));
}

/** What the document itself gives as answers of its operations. */
function* examples(): Generator<[operation: string, method: string, target: string, answer: Answered]> {
  for (const { operationId, path, method, responses } of new Documented().operations) {
    const target = path.replace('{id}', '12345678').replace('{resource}', 'balance');
    for (const [named, response] of Object.entries(responses).map(([status, found]) => [status, resolved<Response>(found)] as const)) {
      for (const [type, { examples = {} }] of Object.entries(response.content ?? {})) {
        for (const { value } of Object.values(examples).map((example) => resolved<{ value: unknown }>(example))) {
          const status = type === 'application/problem+json' ? (value as { status: number }).status : Number(named);
          const text = type === 'text/csv' ? String(value) : JSON.stringify(value);
          yield [operationId, method, target, { status, headers: { ...headersOf(response), 'content-type': type }, text }];
        }
      }
    }
  }
}

test('every example of an answer is as documented', () => {
  const [documented, found] = [new Documented(), [...examples()]];
  assert.ok(found.length > 100, `${found.length} examples`);
  for (const [, method, target, answer] of found) documented.check(method, target, answer);
});

test('an answer that is not as documented is found out', () => {
  const documented = new Documented();
  const refused = (what: RegExp, method: string, target: string, answer: Answered): void =>
    assert.throws(() => documented.check(method, target, answer), what);
  for (const [, method, target, answer] of examples()) {
    const { status, headers, text } = answer;
    refused(/the status 199/, method, target, { ...answer, status: 199 });
    refused(/the header x-more/, method, target, { ...answer, headers: { ...headers, 'x-more': '1' } });
    refused(/Cache-Control is missing/, method, target, { ...answer, headers: { ...headers, 'cache-control': undefined } });
    refused(/the header Cache-Control/, method, target, { ...answer, headers: { ...headers, 'cache-control': 'public' } });
    if (!headers['content-type']?.endsWith('problem+json')) continue;
    const body = JSON.parse(text) as object;
    for (const change of [{ more: 1 }, { code: 'iat_invalid' }, { code: 'method_not_allowed' }, { detail: undefined }]) {
      refused(/the body/, method, target, { ...answer, text: JSON.stringify({ ...body, ...change }) });
    }
    refused(/as documented/, method, target, { ...answer, text: JSON.stringify({ ...body, status: status + 1 }) });
  }
  const consent = [...examples()].map(([, , , answer]) => answer).find(({ text }) => text.includes('"renewing"')) as Answered;
  const body = JSON.parse(consent.text) as { budget: object };
  const changes = [
    { more: 1 }, { state: 'gone' }, { budget: { ...body.budget, more: 1 } }, { grantedAt: 'today' }, { renewing: undefined },
  ];
  for (const change of changes) {
    refused(/the body/, 'GET', '/api/consent', { ...consent, text: JSON.stringify({ ...body, ...change }) });
  }
  refused(/404/, 'GET', '/api/nothing', consent);
  refused(/405/, 'PUT', '/api/consent', consent);
});
