import type { Call } from '../../context.ts';
import { wrongField } from '../../portal/fields.ts';
import { ENVIRONMENTS, Portal, notFound } from '../../portal/portal.ts';
import type { EnvironmentName } from '../../life.ts';
import { quoted } from '../../refusal.ts';

export function portalOf({ env, var: { settings } }: Call): Portal {
  if (env.branch === undefined) throw notFound('This gateway has no portal.');
  return new Portal(env.branch, settings.environment, env.now);
}

/** The part of the path, which the route has. */
export function partOf(call: Call, name: string): string {
  return call.req.param(name) ?? '';
}

export function readEnvironment(value: unknown, otherwise?: EnvironmentName): EnvironmentName {
  const asked = value === undefined || value === '' ? otherwise : value;
  const environment = ENVIRONMENTS.find((name) => name === asked);
  if (environment !== undefined) return environment;
  throw wrongField('environment', `The environment is ${quoted(value)}; it is sandbox or production.`);
}

/** Where the gateway of an environment is reached: the one that was called, by the address that it was called at. */
export function addressOf(call: Call, portal: Portal, environment: EnvironmentName): string | undefined {
  return environment === portal.here ? new URL(call.req.url).origin : portal.address(environment);
}


/** Those whose books can be looked into from here. */
export function environmentsOf(portal: Portal): EnvironmentName[] {
  return ENVIRONMENTS.filter((environment) => portal.branch(environment) !== undefined);
}
