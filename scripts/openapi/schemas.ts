// The schemas of shapes.ts, as OpenAPI 3.1 has them: JSON Schema 2020-12.
import { join } from 'node:path';
import { createGenerator, type Schema } from 'ts-json-schema-generator';

/** What is counted or measured is whole, but for rates and uptime, which have two places. */
const FRACTIONS = /Rate$|^uptime$/;
/** The types say which texts are times, in their words. */
const TIME = /\(RFC 3339\)/;

export type Schemas = Readonly<Record<string, Schema>>;

/** Every exported shape by name, and what they refer to. */
export function schemas(): Schemas {
  const generator = createGenerator({
    path: join(import.meta.dirname, 'shapes.ts'),
    tsconfig: join(import.meta.dirname, '../../pkg/tsconfig.json'),
    skipTypeCheck: true,
    additionalProperties: true,
    jsDoc: 'extended',
    expose: 'export',
  });
  const { definitions = {} } = generator.createSchema('*');
  const named = Object.entries(definitions).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(named.map(([name, schema]) => [name, refined(schema) as Schema]));
}

/** References to where OpenAPI keeps schemas; whole numbers and times as what they are. */
function refined(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => refined(each, name));
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? reference(value) : value;
  const { properties, ...schema } = value as { properties?: Record<string, unknown>; type?: unknown; description?: string };
  const rest = Object.fromEntries(Object.entries(schema).map(([key, each]) => [key, refined(each, name)]));
  return {
    ...rest,
    ...(rest.type !== undefined && { type: numbered(rest.type, name) }),
    ...(TIME.test(schema.description ?? '') && { format: 'date-time' }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, refined(each, key)])),
    }),
  };
}

const reference = (text: string): string => text.replace(/^#\/definitions\//, '#/components/schemas/');

function numbered(type: unknown, name: string): unknown {
  if (Array.isArray(type)) return type.map((each) => numbered(each, name));
  return type === 'number' && !FRACTIONS.test(name) ? 'integer' : type;
}
