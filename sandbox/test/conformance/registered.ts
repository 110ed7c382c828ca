/** A TPP that has registered at the portal, beside the one of the settings: credentials for each environment. */

import type { EnvironmentName } from '../../src/life.ts';
import { hashOf } from '../../src/tokens.ts';
import { CERTIFICATE } from '../support/sandbox.ts';
import type { Tpp } from '../support/tpp.ts';
import { type Bench, ENVIRONMENTS } from './bench.ts';

const DEVELOPER = 'developer';
/** The one is released into production, the other is not. */
const [RELEASED, UNRELEASED] = ['app-released', 'app-unreleased'];

const clientOf = (environment: EnvironmentName) => `client-of-${environment}`;
const secretOf = (environment: EnvironmentName) => `secret of ${environment}`;

/** @param of whose credentials it uses, those of the bench's environment unless told otherwise */
export async function registered(bench: Bench, of: EnvironmentName = bench.environment): Promise<Tpp> {
  if (bench.register.application(RELEASED) === null) await register(bench);
  return bench.tpp.with({ app: RELEASED, clientId: clientOf(of), clientSecret: secretOf(of) });
}

export async function unreleased(bench: Bench): Promise<Tpp> {
  return (await registered(bench)).with({ app: UNRELEASED });
}

async function register({ register, portal, clock }: Bench): Promise<void> {
  const at = clock.now;
  for (const environment of ENVIRONMENTS) {
    const [clientId, secretHash] = [clientOf(environment), await hashOf(secretOf(environment))];
    register.addClient({ clientId, developer: DEVELOPER, environment, secretHash, issuedAt: at });
  }
  for (const app of [RELEASED, UNRELEASED]) {
    const redirectUrl = 'https://tpp.example/back';
    register.addApplication({ app, developer: DEVELOPER, name: app, redirectUrl, createdAt: at, releasedAt: null });
    for (const environment of ENVIRONMENTS) {
      const bytes = new TextEncoder().encode(CERTIFICATE);
      register.addCertificate({ id: `${app} ${environment}`, app, environment, bytes, addedAt: at, endsAt: null });
    }
  }
  portal.prepare('UPDATE application SET released_at = ? WHERE app = ?').run(at, RELEASED);
}
