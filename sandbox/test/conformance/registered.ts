/** A TPP that has registered at the portal, beside the one of the settings: credentials for each environment. */

import type { EnvironmentName } from '../../src/life.ts';
import { hashOf } from '../../src/tokens.ts';
import { CERTIFICATE } from '../support/sandbox.ts';
import type { Tpp } from '../support/tpp.ts';
import { type Bench, ENVIRONMENTS } from './bench.ts';

const DEVELOPER = 'developer';
/** The one is released into production, the other is not. */
const [RELEASED, UNRELEASED] = ['app-released', 'app-unreleased'];

/** Milliseconds for which its certificates are valid. */
export const CERTIFICATE_LIFE = 30 * 86_400_000;

const clientOf = (environment: EnvironmentName) => `client-of-${environment}`;
const secretOf = (environment: EnvironmentName) => `secret of ${environment}`;

/** @param of whose credentials it uses, those of the bench's environment unless told otherwise */
export async function registered(bench: Bench, of: EnvironmentName = bench.environment): Promise<Tpp> {
  if (bench.register.applications.find(RELEASED) === null) await register(bench);
  return bench.tpp.with({ app: RELEASED, clientId: clientOf(of), clientSecret: secretOf(of) });
}

export async function unreleased(bench: Bench): Promise<Tpp> {
  return (await registered(bench)).with({ app: UNRELEASED });
}

async function register({ register, clock }: Bench): Promise<void> {
  const at = clock.now;
  register.developers.add(DEVELOPER, { name: 'Robin', email: 'robin@tpp.example', company: 'Sample' }, at);
  register.developers.authorise(DEVELOPER, { authority: 'FCA', registerNumber: '123456', roles: ['AISP', 'PISP'] });
  for (const environment of ENVIRONMENTS) {
    const [clientId, secretHash] = [clientOf(environment), await hashOf(secretOf(environment))];
    register.clients.add({ clientId, developer: DEVELOPER, environment, secretHash, issuedAt: at });
  }
  for (const app of [RELEASED, UNRELEASED]) {
    const redirectUrl = 'https://tpp.example/back';
    register.applications.add({ app, developer: DEVELOPER, name: app, redirectUrl, createdAt: at });
    for (const environment of ENVIRONMENTS) {
      const bytes = new TextEncoder().encode(CERTIFICATE);
      const validUntil = at + CERTIFICATE_LIFE;
      register.certificates.add({ id: `${app} ${environment}`, app, environment, bytes, validUntil, addedAt: at }, 0);
    }
  }
  register.applications.release(RELEASED, at);
}

/** From now on for payments alone. */
export function asPispAlone({ register }: Bench): void {
  register.developers.authorise(DEVELOPER, { authority: 'FCA', registerNumber: '123456', roles: ['PISP'] });
}
