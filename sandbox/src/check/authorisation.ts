import { invalidRequest, quoted } from '../fault.ts';
import type { Scope } from '../life.ts';
import { type JsonObject, checkMembers } from './json.ts';

export interface Authorisation {
  uuid: string;
  scope: Scope;
  sandboxSca: boolean;
}

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** AUT-1 to AUT-3: the body of `POST /authorise`. ENV-3: a `uuid` may come again here. */
export function readAuthorisation(text: string, object: JsonObject, aspsp: string): Authorisation {
  checkMembers('AUT-1', text, object, { required: ['aspsp', 'uuid', 'scope'], optional: ['sandbox_sca'] });
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
  if (typeof sandboxSca !== 'boolean') {
    const description = `The sandbox_sca is ${quoted(sandboxSca)}; it must be true or false, without quotes.`;
    throw invalidRequest('ENV-4', description);
  }
  return { uuid, scope, sandboxSca };
}
