import { invalidRequest, quoted } from '../refusal.ts';

export type JsonObject = Record<string, unknown>;

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** The names in the outermost object of a valid JSON text, as written: in order, and again where they come again. */
export function memberNames(text: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let candidate: string | undefined;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (token === ':' && depth === 1 && candidate !== undefined) names.push(candidate);
    candidate = token.startsWith('"') ? (JSON.parse(token) as string) : undefined;
  }
  return names;
}

/** The first name that the outermost object holds twice; `JSON.parse` would keep the last. */
export function duplicateMember(text: string): string | undefined {
  const seen = new Set<string>();
  return memberNames(text).find((name) => seen.has(name) || !seen.add(name));
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

export interface Members {
  required: readonly string[];
  optional?: readonly string[];
  /** Whether they have to come in this order. */
  ordered?: boolean;
}

/** Refuses a body that lacks a member, has an unknown one, or has one twice; and, if asked, another order. */
export function checkMembers(
  rule: string,
  text: string,
  object: JsonObject,
  { required, optional = [], ordered = false }: Members,
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
  if (ordered && !isInOrder(memberNames(text), known)) {
    throw invalidRequest(rule, `The body's members are out of order, which is ${list(known)}.`);
  }
}

/** Whether names, each of which the order knows, stand as the order has them. */
export function isInOrder(names: readonly string[], order: readonly string[]): boolean {
  return names.every((name, index) => index === 0 || order.indexOf(names[index - 1] ?? '') < order.indexOf(name));
}

function list(names: readonly string[]): string {
  return names.map((name) => quoted(name)).join(', ');
}
