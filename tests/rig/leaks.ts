/** Looks for secrets where none may be: in texts, and in the bytes of all files of a folder. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A secret as it could be written: plain, as JSON, in a URL, in base64, as UTF-16. */
function forms(secret: string): Buffer[] {
  const texts = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
    // A certificate may be written without its armour or its last line ends.
    ...secret.split('\n').filter((line) => line.length > 20 && !line.startsWith('-----')),
  ];
  return [...new Set(texts)].flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]);
}

/** Which secrets stand in the bytes; told by their place in the list, so that a failing test leaks nothing either. */
export function found(bytes: Uint8Array, secrets: readonly string[]): number[] {
  const haystack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return secrets.flatMap((secret, index) => (forms(secret).some((form) => haystack.includes(form)) ? [index] : []));
}

export function assertNoneIn(where: string, content: string, secrets: readonly string[]): void {
  assert.deepEqual(found(Buffer.from(content, 'utf8'), secrets), [], `${where} holds a secret`);
}

/** Every file of the folder, and how many bytes were looked at. */
export function assertNoneOnDisk(folder: string, secrets: readonly string[], skip: RegExp = /^$/): number {
  let size = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || skip.test(relative(folder, path))) continue;
    const bytes = readFileSync(path);
    size += bytes.length;
    assert.deepEqual(found(bytes, secrets), [], `${path} holds a secret`);
  }
  return size;
}
