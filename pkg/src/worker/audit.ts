// Carries out a line of the audit trail. Which steps make one is decided in Rust.
import type { Command } from '../generated/core.js';
import type { Env } from './settings.js';

export type Line = Omit<Extract<Command, { type: 'audit' }>, 'type'>;

/** The object's digest: enough to tell consents apart, and nothing that opens or finds one. */
export async function digestOf(id: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(id));
  return [...new Uint8Array(digest, 0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Writes a line. A queue that is missing, or fails, loses none: it goes to the log. */
export async function audit({ at, kind, code }: Line, id: string, env: Env, to: 'console' | 'queue'): Promise<void> {
  const line = { audit: 1, at, kind, ...(code !== undefined && { code }), consent: await digestOf(id) };
  try {
    if (to === 'queue' && env.TELL_AUDIT_QUEUE !== undefined) return void await env.TELL_AUDIT_QUEUE.send(line);
  } catch {
    // To the log, then.
  }
  console.log(JSON.stringify(line));
}
