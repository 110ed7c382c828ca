/** Readers for JSON of which nothing is promised: each gives the value in the wanted shape, or undefined. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Text, or a number as its text: some banks write identifiers and amounts as numbers. */
export function asTextOrNumber(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : asText(value);
}

export function asTextList(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => asText(item) !== undefined) : [];
}
