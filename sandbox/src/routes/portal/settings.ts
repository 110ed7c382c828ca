import type { Call } from '../../context.ts';
import type { EnvironmentName } from '../../life.ts';
import type { Portal } from '../../portal/portal.ts';
import type { RegisteredApplication } from '../../register/applications.ts';
import { addressOf } from './access.ts';

/** An env file for a worker that calls this gateway as the application, but for what is secret. */
export function settingsText(
  call: Call,
  portal: Portal,
  { app, developer, redirectUrl }: RegisteredApplication,
  environment: EnvironmentName,
): string {
  const { bases, settings } = call.var;
  const address = addressOf(call, portal, environment) ?? `(the address of ${environment})`;
  const lines = {
    TELL_ENVIRONMENT: environment,
    TELL_CLIENT_ID: portal.register.clients.of(developer, environment)?.clientId ?? '(ask for production first)',
    TELL_CLIENT_SECRET: '(as it was shown once)',
    TELL_APP: app,
    TELL_CERTIFICATE: '(on one line, see below)',
    TELL_ASPSP: settings.aspsp,
    TELL_AUTH_BASE_URL: address + bases.auth,
    TELL_RESOURCE_BASE_URL: address + bases.resource,
    TELL_REDIRECT_URL: redirectUrl ?? '(where the worker takes the person back)',
    TELL_VAULT_KEY: '(32 random bytes: openssl rand -base64 32)',
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
}
