import type { Scope } from '../life.ts';
import { invalidRequest, quoted } from '../refusal.ts';
import type { Settings } from '../settings.ts';
import { type JsonObject, checkMembers, isObject, memberText } from './json.ts';
import { readPayment } from './payment.ts';

export interface Authorisation {
  uuid: string;
  scope: Scope;
  sandboxSca: boolean;
  /** PAY-6: the JSON text of a payment that was stated, as it was sent. */
  payment: string | null;
}

type AuthoriseSettings = Pick<Settings, 'aspsp' | 'environment' | 'strict' | 'paymentAtAuthorise'>;

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** AUT-1 to AUT-3: the body of `POST /authorise`. */
export function readAuthorisation(
  text: string,
  object: JsonObject,
  { aspsp, environment, strict, paymentAtAuthorise }: AuthoriseSettings,
): Authorisation {
  const anywhere = paymentAtAuthorise === null ? [] : [paymentAtAuthorise];
  const members = { required: ['aspsp', 'uuid', 'scope'], optional: ['sandbox_sca'], anywhere, ordered: strict };
  checkMembers('AUT-1', text, object, members);
  const { uuid, scope, sandbox_sca: sandboxSca = false } = object;
  if (typeof object['aspsp'] !== 'string' || object['aspsp'].toLowerCase() !== aspsp.toLowerCase()) {
    const told = { expected: quoted(aspsp), came: quoted(object['aspsp']) };
    throw invalidRequest('CFG-2', `The aspsp is ${quoted(object['aspsp'])}; this bank is ${quoted(aspsp)}.`, told);
  }
  if (typeof uuid !== 'string' || !UUID_V4.test(uuid)) {
    const told = { expected: 'a UUIDv4, with its hyphens', came: quoted(uuid) };
    throw invalidRequest('AUT-2', `The uuid is ${quoted(uuid)}; it must be a UUIDv4, with its hyphens.`, told);
  }
  if (scope !== 'aisp' && scope !== 'pisp') {
    const told = { expected: '"aisp" or "pisp"', came: quoted(scope) };
    throw invalidRequest('AUT-3', `The scope is ${quoted(scope)}; it must be "aisp" or "pisp".`, told);
  }
  const isIgnored = environment === 'production' && Object.hasOwn(object, 'sandbox_sca');
  if (isIgnored && strict) {
    const told = { expected: 'no sandbox_sca in production', came: quoted(sandboxSca) };
    const description = 'The body has sandbox_sca, which is for the sandbox alone; leave it out.';
    throw invalidRequest('ENV-4', description, told);
  }
  if (!isIgnored && typeof sandboxSca !== 'boolean') {
    const description = `The sandbox_sca is ${quoted(sandboxSca)}; it must be true or false, without quotes.`;
    throw invalidRequest('ENV-4', description, { expected: 'true or false', came: quoted(sandboxSca) });
  }
  const payment = readStated(text, object, scope, paymentAtAuthorise);
  return { uuid, scope, sandboxSca: !isIgnored && sandboxSca === true, payment };
}

/** PAY-6: a payment stated in the member that the setting names is held to all that `POST /payments` asks. */
function readStated(text: string, object: JsonObject, scope: Scope, member: string | null): string | null {
  const stated = member === null ? undefined : memberText(text, member);
  if (member === null || stated === undefined) return null;
  if (scope !== 'pisp') {
    const description = `The body has ${quoted(member)}, a payment, with the scope "${scope}"; ask for "pisp".`;
    const told = { expected: `the scope "pisp" beside ${member}`, came: `the scope "${scope}"` };
    throw invalidRequest('PAY-6', description, told);
  }
  const payment = object[member];
  if (!isObject(payment)) {
    const told = { expected: 'a JSON object', came: quoted(payment) };
    throw invalidRequest('PAY-6', `The ${member} is no JSON object; state a payment as one.`, told);
  }
  readPayment(stated, payment, `The ${member}`);
  return stated;
}
