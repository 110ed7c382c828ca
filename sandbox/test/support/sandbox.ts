import { DatabaseSync } from 'node:sqlite';
import type { Desk } from '../../src/desk.ts';
import { createGateway } from '../../src/gateway.ts';
import { Ledger } from '../../src/ledger.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/node.ts';
import { sqlOf } from '../../src/node/sql.ts';
import { readSettings } from '../../src/settings.ts';
import { ASPSP, Tpp, read } from './tpp.ts';

export const ORIGIN = 'http://localhost:8788';
export const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nbm90IGEgcmVhbCBjZXJ0aWZpY2F0ZQ==\n-----END CERTIFICATE-----\n';

export const VARIABLES = {
  SANDBOX_CLIENT_ID: 'sample-tpp',
  SANDBOX_CLIENT_SECRET: 'test:123£',
  SANDBOX_ASPSP: ASPSP,
  SANDBOX_APPLICATIONS: JSON.stringify([
    { app: 'app-one', certificate: CERTIFICATE, redirectUrl: 'http://localhost:8787/api/callback' },
    { app: 'app-two', certificate: CERTIFICATE, redirectUrl: 'https://two.example/back?own=a%20b' },
  ]),
};

/** The whole gateway in this process, its books in memory and its clock in the test's hand. */
export function openSandbox(changes: Record<string, unknown> = {}) {
  const clock = { now: Date.UTC(2026, 5, 15, 12) };
  const database = new DatabaseSync(':memory:');
  const desk = remote(new Ledger(sqlOf(database)));
  const gateway = createGateway();
  const configuration = readSettings({ ...VARIABLES, ...changes });
  const send = async (request: Request) => gateway.fetch(request, { configuration, desk, now: clock.now });
  const tpp = new Tpp({
    send,
    now: () => clock.now,
    authBase: `${ORIGIN}/v1`,
    resourceBase: `${ORIGIN}/v1`,
    clientId: VARIABLES.SANDBOX_CLIENT_ID,
    clientSecret: VARIABLES.SANDBOX_CLIENT_SECRET,
    app: 'app-one',
    certificate: CERTIFICATE,
  });
  return { clock, database, send, tpp };
}

/** Its answers come in a later turn, as those of a Durable Object do: other calls may come in between. */
export function remote(ledger: Ledger): Desk {
  return new Proxy<Desk>(ledger, {
    get: (desk, name: keyof Desk) => async (...given: unknown[]) => {
      const answer: unknown = Reflect.apply(desk[name], ledger, given);
      await new Promise((resolve) => setImmediate(resolve));
      return answer;
    },
  });
}

const BASES = { auth: '/v1', resource: '/bank/v3' };

interface Open extends AsyncDisposable {
  sandbox: Sandbox;
  tpp: Tpp;
}

/** The gateway on a port of its own, strict, with a provider that reaches it over HTTP. */
export async function startStrict(changes: Partial<SandboxOptions> = {}): Promise<Open> {
  const { SANDBOX_CLIENT_ID: clientId, SANDBOX_CLIENT_SECRET: clientSecret } = VARIABLES;
  const redirectUrl = 'http://localhost:1/api/callback?own=1';
  const applications = [{ app: 'app-one', certificate: CERTIFICATE, redirectUrl }];
  const sandbox = await startSandbox({ clientId, clientSecret, applications, strict: true, bases: BASES, ...changes });
  const { authBase, resourceBase } = sandbox;
  const tpp = new Tpp({
    send: (request) => fetch(request),
    now: () => Date.now(),
    ...{ authBase, resourceBase, clientId, clientSecret, app: 'app-one', certificate: CERTIFICATE },
  });
  return { sandbox, tpp, [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose]() };
}

/** A code of a PSU who has just accepted. */
export async function newCode(sandbox: Sandbox, tpp: Tpp, changes: object = {}): Promise<string> {
  const { location } = await read<{ location: string }>(await tpp.authorise(changes));
  return new URL(await sandbox.accept(location)).searchParams.get('authorisation_code') ?? '';
}
