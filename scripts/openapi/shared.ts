// Responses that several calls share, each told once.

type Responses = Record<string, unknown>;

/** An operation as the document has it. */
export interface Documented {
  responses: Responses;
  [member: string]: unknown;
}

/** The operations by path and method. */
export type Paths = Record<string, Record<string, Documented>>;

/** Moves what occurs more than once to where it is referred to, as the status and the how-many-th of it. */
export function shared(paths: Paths): { paths: Paths; responses: Responses } {
  const texts = operations(paths).flatMap(({ responses }) => Object.entries(responses)
    .map(([status, response]) => [JSON.stringify(response), status] as const));
  const names = new Map<string, string>();
  for (const [text, status] of texts) {
    if (names.has(text) || texts.filter(([other]) => other === text).length === 1) continue;
    const before = [...names.values()].filter((name) => name.split('-')[0] === status).length;
    names.set(text, before === 0 ? status : `${status}-${before + 1}`);
  }
  const told = (response: unknown): unknown => {
    const name = names.get(JSON.stringify(response));
    return name === undefined ? response : { $ref: `#/components/responses/${name}` };
  };
  for (const operation of operations(paths)) operation.responses = mapped(operation.responses, told);
  return { paths, responses: Object.fromEntries([...names].map(([text, name]) => [name, JSON.parse(text)])) };
}

const operations = (paths: Paths): Documented[] => Object.values(paths).flatMap((path) => Object.values(path));
const mapped = (responses: Responses, change: (response: unknown) => unknown): Responses =>
  Object.fromEntries(Object.entries(responses).map(([status, response]) => [status, change(response)]));
