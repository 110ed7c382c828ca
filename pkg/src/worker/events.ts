// Tells the host what happens to its consents: by its queue, or by its handler.
import type { HostEvent } from '../generated/core.js';
import type { Env } from './settings.js';

/** A host's own handler. An event is told again, with the same id, until this is done without an error. */
export type Listener = (event: HostEvent, env: Env) => unknown;

/** Whether the host has it. */
export async function tellHost(event: HostEvent, env: Env, listener: Listener | undefined): Promise<boolean> {
  try {
    await Promise.all([env.TELL_EVENTS?.send(event), listener?.(event, env)]);
    return true;
  } catch {
    return false;
  }
}
