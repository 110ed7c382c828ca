import { readBytes } from '../../check/body.ts';
import type { Call } from '../../context.ts';
import { type Given, WrongFields, wrongField } from '../../portal/fields.ts';
import type { Portal } from '../../portal/portal.ts';
import type { EnvironmentName } from '../../life.ts';
import type { Filled } from '../../pages/portal/parts.ts';
import { invalidRequest } from '../../refusal.ts';

/** A certificate in each of its forms, and what a browser makes of it. */
const FORM_LIMIT = 256 * 1024;
/** Of which several can be chosen. */
const LISTS = ['roles'];

/** The fields of a form: a text each, a list where several boxes can be chosen, bytes for a file. */
export async function readPortalForm(call: Call): Promise<Given> {
  const bytes = await readBytes(call.req.raw, 'CFG-1', FORM_LIMIT);
  const contentType = call.req.header('content-type') ?? '';
  let form: FormData;
  try {
    form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw invalidRequest('CFG-1', 'The form cannot be read; send it from its page.');
  }
  const given: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    const values = await Promise.all(form.getAll(name).map(valueOf));
    given[name] = LISTS.includes(name) ? values : values[0];
  }
  return given;
}

async function valueOf(entry: File | string): Promise<unknown> {
  return typeof entry === 'string' ? entry : new Uint8Array(await entry.arrayBuffer());
}

/** The certificate of a form: pasted, as a file, or another application's; nothing where none is given. */
export function certificateIn(given: Given, portal: Portal, environment: EnvironmentName): Uint8Array | undefined {
  const { certificate: pasted, file, from } = given;
  const text = typeof pasted === 'string' ? pasted : '';
  const isFile = file instanceof Uint8Array && file.length > 0;
  const isOthers = typeof from === 'string' && from !== '';
  if ([text !== '', isFile, isOthers].filter(Boolean).length > 1) {
    throw wrongField('certificate', 'The certificate is given in more than one way; keep one of them.');
  }
  if (isFile) return file;
  if (isOthers) return portal.certificateOf(from, environment);
  const lineEnd = given['lineEnds'] === 'CRLF' ? '\r\n' : '\n';
  return text === '' ? undefined : new TextEncoder().encode(withLineEnds(text, lineEnd));
}

/** A browser sends CRLF for every line end of a text area, whatever was pasted. */
function withLineEnds(text: string, lineEnd: string): string {
  return text.replace(/\r\n|\r|\n/g, lineEnd);
}

/** Does what a form asks for; where it is wrong, its page comes back with what was given and what is wrong. */
export async function handling(
  call: Call,
  act: (given: Given) => Promise<Response> | Response,
  again: (filled: Filled) => Promise<Response>,
): Promise<Response> {
  const given = await readPortalForm(call);
  try {
    return await act(given);
  } catch (error) {
    if (!(error instanceof WrongFields)) throw error;
    return again({ given, faults: error.faults });
  }
}
