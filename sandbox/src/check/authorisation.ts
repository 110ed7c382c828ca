import type { Scope } from '../life.ts';
import { invalidRequest, quoted } from '../refusal.ts';
import type { Settings } from '../settings.ts';
import { type JsonObject, checkMembers } from './json.ts';

export interface Authorisation {
  uuid: string;
  scope: Scope;
  sandboxSca: boolean;
}

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** AUT-1 to AUT-3: the body of `POST /authorise`. */
export function readAuthorisation(
  text: string,
  object: JsonObject,
  { aspsp, environment, strict }: Pick<Settings, 'aspsp' | 'environment' | 'strict'>,
): Authorisation {
  const members = { required: ['aspsp', 'uuid', 'scope'], optional: ['sandbox_sca'], ordered: strict };
  checkMembers('AUT-1', text, object, members);
  const { uuid, scope, sandbox_sca: sandboxSca = false } = object;
  if (typeof object['aspsp'] !== 'string' || object['aspsp'].toLowerCase() !== aspsp.toLowerCase()) {
    throw invalidRequest('CFG-2', `The aspsp is ${quoted(object['aspsp'])}; this bank is ${quoted(aspsp)}.`);
  }
  if (typeof uuid !== 'string' || !UUID_V4.test(uuid)) {
    throw invalidRequest('AUT-2', `The uuid is ${quoted(uuid)}; it must be a UUIDv4, with its hyphens.`);
  }
  if (scope !== 'aisp' && scope !== 'pisp') {
    throw invalidRequest('AUT-3', `The scope is ${quoted(scope)}; it must be "aisp" or "pisp".`);
  }
  if (environment === 'production' && Object.hasOwn(object, 'sandbox_sca')) {
    throw invalidRequest('ENV-4', 'The body has sandbox_sca, which is for the sandbox alone; leave it out.');
  }
  if (typeof sandboxSca !== 'boolean') {
    const description = `The sandbox_sca is ${quoted(sandboxSca)}; it must be true or false, without quotes.`;
    throw invalidRequest('ENV-4', description);
  }
  return { uuid, scope, sandboxSca };
}
