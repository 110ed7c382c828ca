import type { Context } from 'hono';
import { type Bases, splitPath } from './bases.ts';
import { type Body, type MediaType, readBody } from './check/body.ts';
import { type Payload, checkSignature } from './check/jws.ts';
import type { Desk } from './desk.ts';
import type { Rotation, TokenKind } from './life.ts';
import { Refusal, invalidRequest } from './refusal.ts';
import type { Application, Configuration, Settings } from './settings.ts';

/** What the host gives to a call: a Durable Object's worker, or a Node process. */
export interface Surroundings {
  configuration: Configuration;
  desk: Desk;
  /** Milliseconds since 1970 on the true clock. */
  now: number;
  observer?: Observer;
  /** For this call in place of the setting. */
  rotation?: Rotation;
  /** Closes the connection in place of an answer; `Response.error()` where the host understands it. */
  cut?: () => Response;
}

/** Is told, while the call runs, what its answer does not show. */
export interface Observer {
  refused(refusal: Refusal): void;
  issued(issued: Issued): void;
}

export interface Issued {
  kind: TokenKind;
  secret: string;
  intentId: string;
}

export interface Environment {
  Bindings: Surroundings;
  /** `now` is what the bank's clock shows, which may be set apart from the true one. */
  Variables: { settings: Settings; desk: Desk; bases: Bases; now: number };
}

export type Call = Context<Environment>;

export function pathOf(call: Call): string {
  const { pathname } = new URL(call.req.url);
  return splitPath(pathname, call.var.bases)?.path ?? pathname;
}

/** Refuses a call that is not signed as its body and path ask; gives the application that signed it. */
export function signedBy(call: Call, payload: Payload): Promise<Application> {
  const { applications, strict } = call.var.settings;
  const token = call.req.header('x-jws-signature') ?? null;
  // `iat` is read off the caller's clock, which does not follow when the bank's is set.
  return checkSignature({ token, path: pathOf(call), payload, strict }, applications, call.env.now);
}

export function bodyOf(call: Call, mediaType: MediaType, rule: string): Promise<Body> {
  return readBody(call.req.raw, mediaType, { rule, strict: call.var.settings.strict });
}

/** The calls to the authorisation server have none. */
export function refuseQuery(call: Call, rule: string): void {
  if (new URL(call.req.url).search === '') return;
  throw invalidRequest(rule, 'The call has a query string; all it takes is in the body.');
}

/** The answer on a known path to a method it does not have. */
export function allowOnly(methods: string, rule: string): () => never {
  return () => {
    const description = `This path takes ${methods} alone.`;
    throw new Refusal(405, 'method_not_allowed', description, { rule, headers: { allow: methods } });
  };
}
