import { randomBytes } from 'node:crypto';
import type { EnvironmentName } from '../life.ts';
import { bankNamed } from '../aspsp.ts';
import { newCertificate } from './x509.ts';

/** What the portal gives to a TPP for one environment, and what the TPP gives to the portal. */
export interface Credentials {
  clientId: string;
  clientSecret: string;
  app: string;
  /** As it was uploaded; its bytes are the key (JWS-8). */
  certificate: string;
  /** Null has the person sent to the holding page. */
  redirectUrl: string | null;
  /** With it the worker encrypts what it keeps. */
  vaultKey: string;
}

/** Where a worker on this machine expects the person back. */
export const WORKER_REDIRECT = 'http://localhost:8787/api/callback';

export function newCredentials(environment: EnvironmentName, redirectUrl: string | null = null): Credentials {
  return {
    clientId: newClientId(environment),
    clientSecret: newClientSecret(),
    app: `app-${randomBytes(4).toString('hex')}`,
    certificate: newCertificate(`tell-connect ${environment}`),
    redirectUrl,
    vaultKey: newVaultKey(),
  };
}

export function newClientId(prefix: string): string {
  return `${prefix}-${randomBytes(8).toString('hex')}`;
}

export function newClientSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function newVaultKey(): string {
  return randomBytes(32).toString('base64');
}

export interface Place {
  environment: EnvironmentName;
  aspsp: string;
  authBase: string;
  resourceBase: string;
}

/** The settings of a worker that is to talk to this gateway. */
export function workerSettings(
  { clientId, clientSecret, app, name, certificate, redirectUrl, vaultKey }: Credentials & { name?: string },
  place: Place,
): Record<string, string> {
  const bank = bankNamed(place.aspsp);
  return {
    TELL_ENVIRONMENT: place.environment,
    TELL_ASPSP: place.aspsp,
    TELL_AUTH_BASE_URL: place.authBase,
    TELL_RESOURCE_BASE_URL: place.resourceBase,
    TELL_CLIENT_ID: clientId,
    TELL_CLIENT_SECRET: clientSecret,
    TELL_APP: app,
    TELL_CERTIFICATE: certificate,
    TELL_REDIRECT_URL: redirectUrl ?? WORKER_REDIRECT,
    TELL_VAULT_KEY: vaultKey,
    ...(name !== undefined && { TELL_APP_NAME: name }),
    ...(bank !== undefined && { TELL_BANK_NAME: bank }),
  };
}
