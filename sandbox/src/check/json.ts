import { namesOf } from '../explain/shape.ts';
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

/** The text of a member of the outermost object of a valid JSON text, as it was sent. */
export function memberText(text: string, name: string): string | undefined {
  let depth = 0;
  let candidate: string | undefined;
  let start: number | undefined;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (token === ':' && depth === 1 && candidate === name) start ??= index + 1;
    const ends = (token === ',' && depth === 1) || (token === '}' && depth === 0);
    if (ends && start !== undefined) return text.slice(start, index).trim();
    candidate = token.startsWith('"') ? (JSON.parse(token) as string) : undefined;
  }
  return undefined;
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
  /** Known too, and wherever they stand: no order names their place. */
  anywhere?: readonly string[];
  /** Whether they have to come in this order. */
  ordered?: boolean;
  /** What has the members, as the beginning of a sentence. */
  subject?: string;
}

/** Refuses a body that lacks a member, has an unknown one, or has one twice; and, if asked, another order. */
export function checkMembers(
  rule: string,
  text: string,
  object: JsonObject,
  { required, optional = [], anywhere = [], ordered = false, subject = 'The body' }: Members,
): void {
  const twice = duplicateMember(text);
  const inOrder = [...required, ...optional];
  const known = [...inOrder, ...anywhere];
  const told = { expected: namesOf(known), came: namesOf(memberNames(text)) };
  if (twice !== undefined) {
    throw invalidRequest(rule, `${subject} has the member ${quoted(twice)} twice; send it once.`, told);
  }
  const missing = required.filter((name) => !Object.hasOwn(object, name));
  if (missing.length > 0) {
    throw invalidRequest(rule, `${subject} lacks ${list(missing)}; its members are ${list(known)}.`, told);
  }
  const unknown = Object.keys(object).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw invalidRequest(rule, `${subject} has ${list(unknown)}, unknown here; its members are ${list(known)}.`, told);
  }
  if (ordered && !isInOrder(memberNames(text).filter((name) => !anywhere.includes(name)), inOrder)) {
    throw invalidRequest(rule, `${subject} has its members out of order, which is ${list(inOrder)}.`, told);
  }
}

/** Whether names, each of which the order knows, stand as the order has them. */
export function isInOrder(names: readonly string[], order: readonly string[]): boolean {
  return names.every((name, index) => index === 0 || order.indexOf(names[index - 1] ?? '') < order.indexOf(name));
}

function list(names: readonly string[]): string {
  return names.map((name) => quoted(name)).join(', ');
}
