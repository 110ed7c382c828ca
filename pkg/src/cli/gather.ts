// What the doctor asks for: files, variables, what X.509 says, what an address answers.
import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import process from 'node:process';
import type { DoctorAnswer, DoctorSource, X509Facts } from '../generated/core.js';

/** Milliseconds that an answer may take, and characters of it that are looked at. */
const PATIENCE_MS = 10_000;
const LONGEST = 64 * 1024;

/** An env file. */
export function sourceOf(file: string): DoctorSource {
  const bytes = readFileSync(file);
  let text: string | undefined;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // No UTF-8.
  }
  // Windows has no such modes.
  const mode = process.platform === 'win32' ? undefined : statSync(file).mode;
  return { text, mode, variables: undefined };
}

/** The variables of this process. */
export function variables(): DoctorSource {
  const set = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { text: undefined, mode: undefined, variables: Object.fromEntries(set) };
}

/** What X.509 says of a certificate; nothing of what is none. */
export function factsOf(pem: string): X509Facts | undefined {
  try {
    const { validFrom, validTo, publicKey } = new X509Certificate(pem);
    return {
      validFrom: Date.parse(validFrom),
      validTo: Date.parse(validTo),
      keyType: publicKey.asymmetricKeyType,
      keyBits: publicKey.asymmetricKeyDetails?.modulusLength,
    };
  } catch {
    return undefined;
  }
}

/** What comes of a request. */
export async function answerOf(url: string, request: RequestInit): Promise<DoctorAnswer> {
  try {
    const answer = await fetch(url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
    const at = Date.now();
    const body = (await answer.text()).slice(0, LONGEST);
    return { status: answer.status, body, date: answer.headers.get('date') ?? undefined, reason: undefined, at };
  } catch (error) {
    return { status: undefined, body: '', date: undefined, reason: reasonOf(error), at: Date.now() };
  }
}

/** What the platform calls it: a code of the system's, or the name of the error. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: unknown; cause?: { code?: unknown } };
  const code = cause?.code;
  return typeof code === 'string' ? code : String(name);
}
