import type { Context } from 'hono';
import type { Bank } from './bank.ts';
import { type Payload, checkSignature } from './check/jws.ts';
import type { Desk } from './desk.ts';
import { Fault } from './fault.ts';
import type { Application, Settings } from './settings.ts';

export interface Bindings {
  BANK: DurableObjectNamespace<Bank>;
  /** The settings arrive here too, unread: see `readSettings`. */
  [setting: string]: unknown;
}

export interface Environment {
  Bindings: Bindings;
  Variables: { settings: Settings; desk: Desk; now: number };
}

export type Call = Context<Environment>;

/** The version that stands before every path and is left out of the signed one (JWS-3). */
export const VERSION = '/v1';

export function pathOf(call: Call): string {
  return new URL(call.req.url).pathname.slice(VERSION.length);
}

/** Refuses a call that is not signed as its body and path ask; gives the application that signed it. */
export function signedBy(call: Call, payload: Payload): Promise<Application> {
  const token = call.req.header('x-jws-signature') ?? null;
  return checkSignature({ token, path: pathOf(call), payload }, call.var.settings.applications, call.var.now);
}

/** The answer on a known path to a method it does not have. */
export function allowOnly(methods: string, rule: string): () => never {
  return () => {
    const description = `This path takes ${methods} alone.`;
    throw new Fault(405, 'method_not_allowed', description, { rule, headers: { allow: methods } });
  };
}
