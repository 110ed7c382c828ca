import type { Call } from '../../context.ts';
import type { EnvironmentName } from '../../life.ts';
import type { Portal } from '../../portal/portal.ts';
import type { RegisteredApplication } from '../../register/applications.ts';
import { addressOf } from './access.ts';

/** What an env file of a worker holds that calls this gateway as the application, but for what is secret. */
export function settingsText(
  call: Call,
  portal: Portal,
  { app, developer, redirectUrl }: RegisteredApplication,
  environment: EnvironmentName,
): string {
  const { bases, settings } = call.var;
  const address = addressOf(call, portal, environment);
  const lines = {
    TELL_ENVIRONMENT: environment,
    TELL_ASPSP: settings.aspsp,
    TELL_AUTH_BASE_URL: address && address + bases.auth,
    TELL_RESOURCE_BASE_URL: address && address + bases.resource,
    TELL_CLIENT_ID: portal.register.clients.of(developer, environment)?.clientId,
    TELL_APP: app,
    TELL_REDIRECT_URL: redirectUrl,
  };
  const known = Object.entries(lines).filter(([, value]) => value !== null && value !== undefined);
  return known.map(([name, value]) => `${name}=${value}`).join('\n');
}
