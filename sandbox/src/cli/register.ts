import type { EnvironmentName } from '../life.ts';
import type { Credentials } from '../node/credentials.ts';
import type { Register } from '../register.ts';
import { hashOf } from '../tokens.ts';

const DEVELOPER = 'ready-made';

/** Registers a TPP as if somebody had done so at the portal, in as far as it is not there yet. */
export async function registerReady(
  register: Register,
  environment: EnvironmentName,
  { clientId, clientSecret, app, certificate, redirectUrl }: Credentials,
  now: number,
): Promise<void> {
  const developer = DEVELOPER;
  if (register.developer(developer) === null) {
    const [name, email, company] = ['Ready-made developer', 'developer@localhost', 'Made at the first start'];
    register.addDeveloper({
      ...{ id: developer, name, email, company, registeredAt: now },
      ...{ authority: null, registerNumber: null, roles: [] },
    });
  }
  if (register.client(clientId) === null) {
    register.addClient({ clientId, developer, environment, secretHash: await hashOf(clientSecret), issuedAt: now });
  }
  if (register.application(app) !== null) return;
  const releasedAt = environment === 'production' ? now : null;
  const name = `Ready-made for ${environment}`;
  register.addApplication({ app, developer, name, redirectUrl, createdAt: now, releasedAt });
  register.addCertificate({
    ...{ id: crypto.randomUUID(), app, environment, addedAt: now, endsAt: null },
    bytes: new TextEncoder().encode(certificate),
  });
}
