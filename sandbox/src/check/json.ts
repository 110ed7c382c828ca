import { invalidRequest, quoted } from '../fault.ts';

export type JsonObject = Record<string, unknown>;

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** The first name that the outermost object of a valid JSON text holds twice; `JSON.parse` would keep the last. */
export function duplicateMember(text: string): string | undefined {
  const seen = new Set<string>();
  let depth = 0;
  let candidate: string | undefined;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (token === ':' && depth === 1 && candidate !== undefined) {
      if (seen.has(candidate)) return candidate;
      seen.add(candidate);
    }
    candidate = token.startsWith('"') ? (JSON.parse(token) as string) : undefined;
  }
  return undefined;
}

export function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Refuses a body that lacks a member, has one the rule does not know, or has one twice. Order is free. */
export function checkMembers(
  rule: string,
  text: string,
  object: JsonObject,
  { required, optional = [] }: { required: readonly string[]; optional?: readonly string[] },
): void {
  const twice = duplicateMember(text);
  if (twice !== undefined) throw invalidRequest(rule, `The body has the member ${quoted(twice)} twice; send it once.`);
  const known = [...required, ...optional];
  const missing = required.filter((name) => !Object.hasOwn(object, name));
  if (missing.length > 0) {
    throw invalidRequest(rule, `The body lacks ${list(missing)}; its members are ${list(known)}.`);
  }
  const unknown = Object.keys(object).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw invalidRequest(rule, `The body has ${list(unknown)}, unknown here; its members are ${list(known)}.`);
  }
}

function list(names: readonly string[]): string {
  return names.map((name) => quoted(name)).join(', ');
}
