import type { Context } from 'hono';
import { type Bases, splitPath } from './bases.ts';
import type { Branch } from './branch.ts';
import { BASIC_CHALLENGE, checkBasic } from './check/basic.ts';
import { type Body, type MediaType, readBody } from './check/body.ts';
import { type Payload, type Register, checkSignature } from './check/jws.ts';
import type { Cut } from './cut.ts';
import type { Desk } from './desk.ts';
import type { Client, Directory } from './directory.ts';
import { secretsOf } from './explain/secrets.ts';
import { namesOf } from './explain/shape.ts';
import type { Rotation, Scope } from './life.ts';
import { Refusal, invalidRequest, quoted } from './refusal.ts';
import type { Application, Configuration, Settings } from './settings.ts';
import type { Issued } from './tokens.ts';

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
  /** What is let pass, though the protocol does not ask for it. */
  noted?(text: string): void;
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

/** BAS-1: refuses a call that does not come from a registered client. */
export function clientOf(call: Call): Promise<Client> {
  const { settings, directory } = call.var;
  const { strict, readings } = settings;
  const authorization = call.req.header('authorization') ?? null;
  return checkBasic(authorization, async (id) => directory.client(id), { strict, reading: readings.basic });
}

/** CFG-1: refuses a call whose credentials are not those of the TPP that the signing application belongs to. */
export function checkOwn(client: Client, application: Application): Application {
  if (client.developer === (application.developer ?? null)) return application;
  const description = `The app ${quoted(application.app)} is not one of the TPP whose client_id this is.`;
  const told = { expected: 'an app of this client', came: quoted(application.app) };
  throw new Refusal(401, 'invalid_client', description, { rule: 'CFG-1', headers: BASIC_CHALLENGE, ...told });
}

/** Refuses a call that is not signed as its body and path ask; gives the application that signed it. */
export async function signedBy(call: Call, payload: Payload): Promise<Application> {
  const { strict, readings } = call.var.settings;
  const { pathname, search } = new URL(call.req.url);
  const path = pathOf(call);
  const signed = {
    token: call.req.header('x-jws-signature') ?? null,
    path: readings.signQuery ? path + search : path,
    otherPaths: [path, path + search, pathname, pathname + search, path.slice(1)],
    secrets: secretsOf(call.req.header('authorization') ?? null),
    ...{ payload, strict, readings },
  };
  // `iat` is read off the caller's clock, which does not follow when the bank's is set.
  const application = await checkSignature(signed, registerOf(call), call.env.now);
  checkInDate(application, call.var.now);
  return application;
}

/** Production takes validated certificates alone, and for as long as they are in date. */
function checkInDate({ app, validUntil }: Application, now: number): void {
  if (validUntil === undefined || now < validUntil) return;
  const ended = new Date(validUntil).toISOString().slice(0, 10);
  const description = `The certificate of ${quoted(app)} ended on ${ended}; add another at the portal.`;
  const told = { expected: 'a certificate in date', came: `one that ended on ${ended}` };
  throw new Refusal(401, 'invalid_signature', description, { rule: 'LIV-1', ...told });
}

/** Tells the caller of what its call has beside what the protocol asks for, and was answered all the same. */
export function note(call: Call, text: string): void {
  call.header('x-sandbox-note', text);
  call.env.observer?.noted?.(text);
}

/** Where the applications are known: which one signs is known before its signature is found right. */
export function registerOf(call: Call): Register<Application> {
  const { directory, now } = call.var;
  return {
    find: async (app) => {
      call.env.observer?.concerns?.({ app });
      return directory.application(app, now);
    },
    others: async () => directory.applications(now),
  };
}

/** A developer who is registered as AISP alone asks for no payment, and the other way round. */
export function checkRole({ roles }: Client, scope: Scope): void {
  const needed = scope === 'aisp' ? 'AISP' : 'PISP';
  if (roles === null || roles.includes(needed)) return;
  const description =
    `The scope ${quoted(scope)} needs the role ${needed}, which this TPP is not registered for; the portal takes it ` +
    'with the number of the register that it stands in.';
  const told = { expected: `the role ${needed}`, came: roles.join(', ') || 'no role' };
  throw new Refusal(403, 'unauthorized_client', description, { rule: 'CFG-1', ...told });
}

export function bodyOf(call: Call, mediaType: MediaType, rule: string): Promise<Body> {
  return readBody(call.req.raw, mediaType, { rule, strict: call.var.settings.strict });
}

/** The calls to the authorisation server have none. */
export function refuseQuery(call: Call, rule: string): void {
  if (new URL(call.req.url).search === '') return;
  const told = { expected: 'no query', came: namesOf(new URL(call.req.url).searchParams.keys()) };
  throw invalidRequest(rule, 'The call has a query string; all it takes is in the body.', told);
}

/** The answer on a known path to a method it does not have. */
export function allowOnly(methods: string, rule: string): (call: Call) => never {
  return (call) => {
    const description = `This path takes ${methods} alone.`;
    const told = { expected: methods, came: call.req.method };
    throw new Refusal(405, 'method_not_allowed', description, { rule, headers: { allow: methods }, ...told });
  };
}
