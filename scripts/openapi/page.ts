// The document as a page of the reference: every call with its codes, and every body with its members.

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly description?: string;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}
interface Parameter { readonly name: string; readonly in: string; readonly required: boolean; readonly description: string }
interface Response {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: Schema & { properties?: { code: Schema } } }>>;
}
interface Operation {
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly object[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
  readonly responses: Readonly<Record<string, object>>;
}
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const WIDTH = 120;
const HEAD = `# The HTTP API, call by call

<!-- Written by scripts/openapi.ts from openapi.json. Do not edit. -->

The same as [openapi.json](openapi.json), for people. What the calls are for is told in
[the worker's HTTP API](http.md), what to do about a code in [problems](problems.md).

## Calls
`;

/** The whole page. */
export function page(document: OpenApi): string {
  const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => call(document, `${method.toUpperCase()} ${path}`, operation)));
  const bodies = Object.entries(document.components.schemas).map(([name, schema]) => body(name, schema));
  return [HEAD, ...calls, '## Bodies\n', ...bodies].join('\n');
}

function call(document: OpenApi, title: string, { summary, description, parameters = [], requestBody, responses }: Operation): string {
  const rows = parameters.map((parameter) => resolved<Parameter>(document, parameter)).map((parameter) =>
    [`\`${parameter.name}\`${parameter.required ? '' : '?'}`, parameter.in, parameter.description]);
  const schema = requestBody?.content['application/json'].schema;
  if (schema !== undefined) rows.push([typeOf(schema), 'body', '16 KiB of `application/json` at most']);
  const answers = ascending(responses).map(([status, response]) => [status, answer(resolved(document, response))]);
  return [
    `### ${title}\n`, `${wrapped(`${summary}. ${description}`)}\n`,
    ...(rows.length > 0 ? [table(['takes', 'in', ''], rows)] : []), table(['status', 'answer'], answers),
  ].join('\n');
}

/** Successes first, a range after the statuses that it is of. */
const ascending = (responses: Operation['responses']): [string, object][] =>
  Object.entries(responses).sort(([one], [other]) => (one < other ? -1 : 1));

function answer({ description, content = {} }: Response): string {
  const codes = content['application/problem+json']?.schema.properties?.code.enum;
  if (codes !== undefined) return codes.map((code) => `\`${code}\``).join(', ');
  const bodies = Object.entries(content).map(([type, { schema }]) => (type === 'application/json' ? typeOf(schema) : `\`${type}\``));
  return [description.replaceAll('\n', ' '), ...(bodies.length > 0 ? [bodies.join(' or ')] : [])].join(' ');
}

function body(name: string, schema: Schema): string {
  const { description, properties, required = [] } = schema;
  const members = Object.entries(properties ?? {}).map(([member, of]) =>
    [`\`${member}\`${required.includes(member) ? '' : '?'}`, typeOf(of), (of.description ?? '').replaceAll('\n', ' ')]);
  const what = members.length > 0 ? [table(['member', 'type', ''], members)] : [`${wrapped(typeOf(schema))}\n`];
  return [`### ${name}\n`, ...(description === undefined ? [] : [`${wrapped(description)}\n`]), ...what].join('\n');
}

/** A type in words; another body is linked. */
function typeOf({ $ref, type, format, enum: words, const: word, items, anyOf }: Schema): string {
  const name = $ref?.split('/').at(-1);
  if (name !== undefined) return `[${name}](#${name.toLowerCase()})`;
  if (words !== undefined) return words.map((each) => `\`${each}\``).join(', ');
  if (word !== undefined) return `\`${word}\``;
  if (anyOf !== undefined) return anyOf.map(typeOf).join(' or ');
  if (items !== undefined) return items.properties === undefined ? `list of ${typeOf(items)}` : `list of objects`;
  return [type ?? 'any JSON'].flat().map((each) => (format !== undefined && each === 'string' ? format : each)).join(' or ');
}

function resolved<T>(document: OpenApi, value: object): T {
  if (!('$ref' in value)) return value as T;
  let found: unknown = document;
  for (const part of String(value.$ref).split('/').slice(1)) found = (found as Record<string, unknown>)[part];
  return found as T;
}

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`.replace(/ +\|/g, ' |');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row), ''].join('\n');

/** Prose in lines of the project's width. */
function wrapped(text: string): string {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines.join('\n');
}
