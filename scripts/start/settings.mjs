// Development settings: secrets made once and kept in .dev/, and the env files that wrangler reads.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ASPSP, bankNamed } from '../../sandbox/src/aspsp.ts';
import { newCredentials } from '../../sandbox/src/node/credentials.ts';
import { writeEnvFile, writePrivate } from '../../sandbox/src/node/env-file.ts';
import { EXAMPLES, exampleIn, StartError } from './ports.mjs';

export { writeEnvFile };

// What the sandbox calls the payment in the body of /authorise; the guide has no member for it.
const PAYMENT_MEMBER = 'payment';

// What people see the application called, on the page and at the bank.
const NAME = 'tell-connect demo';

/** Writes the env files for these ports, and gives back where they are. */
export function writeSettings(directory, ports) {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const secrets = keptSecrets(join(directory, 'secrets.json'));
  const gateway = `http://localhost:${ports.sandbox}/v1`;
  const redirectUrl = `http://localhost:${ports.worker}/api/callback`;
  const worker = join(directory, 'worker.env');
  const sandbox = join(directory, 'sandbox.env');
  const example = exampleIn(ports);
  const { app, certificate } = secrets;
  const own = { app, certificate, redirectUrl };
  const bank = bankNamed(ASPSP);
  const listed = [{ ...own, name: NAME }];
  let applications = {
    TELL_APP: app, TELL_CERTIFICATE: certificate, TELL_REDIRECT_URL: redirectUrl,
    TELL_APP_NAME: NAME, TELL_BANK_NAME: bank,
  };
  if (example !== undefined) {
    // The bank sends its customers back to it: an application of its own.
    const back = `http://localhost:${ports[example]}${EXAMPLES[example].redirectPath}`;
    const its = { app: `${app}-${example}`, certificate, redirectUrl: back };
    const { title } = EXAMPLES[example];
    listed.push({ ...its, name: title });
    const both = [{ name: 'default', title: NAME, bank, ...own }, { name: example, title, bank, ...its }];
    applications = { TELL_APPLICATIONS: JSON.stringify(both) };
  }
  // The shop alone takes payments.
  if (example === 'shop') applications.TELL_PAYMENTS = 'backend';
  writeEnvFile(worker, {
    TELL_ENVIRONMENT: 'sandbox',
    TELL_ASPSP: ASPSP,
    TELL_AUTH_BASE_URL: gateway,
    TELL_RESOURCE_BASE_URL: gateway,
    TELL_CLIENT_ID: secrets.clientId,
    TELL_CLIENT_SECRET: secrets.clientSecret,
    TELL_VAULT_KEY: secrets.vaultKey,
    // The sandbox's bank is told the payment with the authorisation, so that its page can show it (PAY-6).
    TELL_PROFILE: JSON.stringify({ paymentAtAuthorise: PAYMENT_MEMBER }),
    ...applications,
  });
  writeEnvFile(sandbox, {
    SANDBOX_CLIENT_ID: secrets.clientId,
    SANDBOX_CLIENT_SECRET: secrets.clientSecret,
    SANDBOX_ASPSP: ASPSP,
    SANDBOX_PAYMENT_AT_AUTHORISE: PAYMENT_MEMBER,
    SANDBOX_APPLICATIONS: JSON.stringify(listed),
  });
  // The examples need no settings.
  const [shop, sync] = [join(directory, 'shop.env'), join(directory, 'sync.env')];
  for (const file of [shop, sync]) writeEnvFile(file, {});
  return { worker, sandbox, shop, sync };
}

// The vault key opens what the worker has stored, so the secrets have to outlive a run.
function keptSecrets(file) {
  if (!existsSync(file)) writePrivate(file, `${JSON.stringify(newCredentials('sandbox'), null, 2)}\n`);
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new StartError(`${file} cannot be read (${error.message}). Remove .dev to begin afresh, consents included.`);
  }
}
