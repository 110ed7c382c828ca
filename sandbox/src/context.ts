import type { Context } from 'hono';
import { type Bases, splitPath } from './bases.ts';
import { checkBasic } from './check/basic.ts';
import { type Body, type MediaType, readBody } from './check/body.ts';
import { type Payload, checkSignature } from './check/jws.ts';
import type { Branch } from './branch.ts';
import type { Cut } from './cut.ts';
import type { Desk } from './desk.ts';
import type { Client, Directory } from './directory.ts';
import type { Rotation, TokenKind } from './life.ts';
import { Refusal, invalidRequest, quoted } from './refusal.ts';
import type { Application, Configuration, Settings } from './settings.ts';

/** What the host gives to a call: a Durable Object's worker, or a Node process. */
export interface Surroundings {
  configuration: Configuration;
  desk: Desk;
  /** Whom the gateway knows; those of the settings alone where nothing stands here. */
  directory?: Directory;
  /** What the portal and the control room work on; nothing where there is neither. */
  branch?: Branch;
  /** Milliseconds since 1970 on the true clock. */
  now: number;
  observer?: Observer;
  /** For this call in place of the setting. */
  rotation?: Rotation;
  /** Breaks an answer off; nothing where the host closes a connection at `Response.error()`. */
  cut?: Cut;
}

/** Is told, while the call runs, what its answer does not show. */
export interface Observer {
  refused(refusal: Refusal): void;
  issued(issued: Issued): void;
  /** Which consent and application the call is about, as soon as that is known. */
  concerns?(facts: { intentId?: string; app?: string }): void;
  /** Something that a caller may want to know although the call is answered. */
  noted?(text: string): void;
}

export interface Issued {
  kind: TokenKind;
  secret: string;
  intentId: string;
}

export interface Environment {
  Bindings: Surroundings;
  /** `now` is what the bank's clock shows, which may be set apart from the true one. */
  Variables: { settings: Settings; desk: Desk; directory: Directory; bases: Bases; now: number };
}

export type Call = Context<Environment>;

export function pathOf(call: Call): string {
  const { pathname } = new URL(call.req.url);
  return splitPath(pathname, call.var.bases)?.path ?? pathname;
}

/** Refuses a call that is not signed as its body and path ask; gives the application that signed it. */
export async function signedBy(call: Call, payload: Payload): Promise<Application> {
  const { directory, settings, now } = call.var;
  const token = call.req.header('x-jws-signature') ?? null;
  const asked = { token, path: pathOf(call), payload, strict: settings.strict };
  const findApplication = (app: string): Application | undefined => {
    call.env.observer?.concerns?.({ app });
    return directory.application(app, now);
  };
  // `iat` is read off the caller's clock, which does not follow when the bank's is set.
  return checkSignature(asked, findApplication, call.env.now);
}

/** BAS-1, CFG-1: the credentials are right, and those of the TPP whose application signs. */
export async function clientOf(call: Call): Promise<Client> {
  const { directory, settings } = call.var;
  return checkBasic(call.req.header('authorization') ?? null, (id) => directory.client(id), settings);
}

export function checkOwn(client: Client, { app, developer }: Application): void {
  if (client.developer === (developer ?? null)) return;
  const description = `The app ${quoted(app)} is not one of the TPP whose client_id this is.`;
  throw new Refusal(401, 'invalid_client', description, { rule: 'CFG-1' });
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
