import type { EnvironmentName } from '../life.ts';
import type { Credentials } from '../node/credentials.ts';
import { validityOf } from '../portal/certificate.ts';
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
  if (register.developers.find(developer) === null) {
    const [name, email, company] = ['Ready-made developer', 'developer@localhost', 'Made at the first start'];
    register.developers.add(developer, { name, email, company }, now);
    const roles = ['AISP', 'PISP'] as const;
    register.developers.authorise(developer, { authority: 'None', registerNumber: 'ready-made', roles });
  }
  if (register.clients.find(clientId) === null) {
    register.clients.add({ clientId, developer, environment, secretHash: await hashOf(clientSecret), issuedAt: now });
  }
  if (register.applications.find(app) !== null) return;
  const bytes = new TextEncoder().encode(certificate);
  const validUntil = validityOf(bytes)?.to ?? null;
  register.applications.add({ app, developer, name: `Ready-made for ${environment}`, redirectUrl, createdAt: now });
  register.certificates.add({ id: crypto.randomUUID(), app, environment, bytes, validUntil, addedAt: now }, 0);
  if (environment === 'production') register.applications.release(app, now);
}
