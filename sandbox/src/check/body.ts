import { characters } from '../explain/shape.ts';
import { Refusal, invalidRequest, quoted } from '../refusal.ts';
import { type JsonObject, parseObject } from './json.ts';

export const BODY_LIMIT = 64 * 1024;

/** A body as it came: `text` decodes exactly these bytes. */
export interface Body {
  bytes: Uint8Array;
  text: string;
}

export type MediaType = 'application/json' | 'application/x-www-form-urlencoded';

/** Reads a body of the media type asked for, and no further than the limit however much is sent. */
export async function readBody(
  request: Request,
  mediaType: MediaType,
  { rule, strict = false }: { rule: string; strict?: boolean },
): Promise<Body> {
  const sent = request.headers.get('content-type');
  if (sent === null || (strict ? sent : essence(sent)) !== mediaType) {
    const found = sent === null ? 'has no Content-Type' : `has the Content-Type ${quoted(sent)}`;
    const told = { expected: mediaType, came: sent === null ? 'no Content-Type' : quoted(sent) };
    throw new Refusal(415, 'unsupported_media_type', `The request ${found}; send ${mediaType}.`, { rule, ...told });
  }
  const bytes = await readBytes(request, rule);
  try {
    return { bytes, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    const told = { expected: 'UTF-8', came: `${bytes.length} bytes that are none` };
    throw invalidRequest(rule, 'The body is no UTF-8; encode it as UTF-8.', told);
  }
}

export function readObject(body: Body, rule: string): JsonObject {
  const object = parseObject(body.text);
  if (object !== undefined) return object;
  const told = { expected: 'a JSON object', came: jsonKind(body.text) };
  throw invalidRequest(rule, 'The body is no JSON object; send one, without a byte order mark.', told);
}

/** The fields of a form in the order sent, each at most once. */
export function readForm(body: Body, rule: string): Map<string, string> {
  if (/%(?![0-9A-Fa-f]{2})/.test(body.text)) {
    const told = { expected: '"%" and two hexadecimal digits', came: 'a "%" with something else behind it' };
    const description = 'The form has a "%" that begins no encoded byte; write "%25" for the sign itself.';
    throw invalidRequest(rule, description, told);
  }
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body.text)) {
    if (fields.has(name)) {
      const told = { expected: 'each field once', came: `${quoted(name)} twice` };
      throw invalidRequest(rule, `The form has the field ${quoted(name)} twice; send it once.`, told);
    }
    fields.set(name, value);
  }
  return fields;
}

function jsonKind(text: string): string {
  if (text === '') return 'an empty body';
  if (text.startsWith('\ufeff')) return 'a byte order mark first';
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? 'a JSON array' : value === null ? 'null' : `a JSON ${typeof value}`;
  } catch {
    return `${characters(text.length)} that are no JSON`;
  }
}

function essence(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

export async function readBytes(request: Request, rule: string, limit = BODY_LIMIT): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > limit) {
      const told = { expected: `at most ${limit} bytes`, came: 'more' };
      throw new Refusal(413, 'body_too_large', `The body is larger than ${limit} bytes.`, { rule, ...told });
    }
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
