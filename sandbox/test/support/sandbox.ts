import { DatabaseSync } from 'node:sqlite';
import type { Bindings } from '../../src/context.ts';
import { createGateway } from '../../src/gateway.ts';
import { Ledger, type Sql } from '../../src/ledger.ts';
import { ASPSP, Tpp } from './tpp.ts';

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
  const sql: Sql = {
    exec: (query, ...bindings) => {
      const rows = database.prepare(query).all(...bindings);
      return { toArray: () => rows };
    },
  };
  const ledger = new Ledger(sql);
  const gateway = createGateway({ desk: () => ledger, now: () => clock.now });
  const env = { ...VARIABLES, ...changes } as unknown as Bindings;
  const send = async (request: Request) => gateway.fetch(request, env);
  const tpp = new Tpp({
    send,
    now: () => clock.now,
    origin: ORIGIN,
    clientId: VARIABLES.SANDBOX_CLIENT_ID,
    clientSecret: VARIABLES.SANDBOX_CLIENT_SECRET,
    app: 'app-one',
    certificate: CERTIFICATE,
  });
  return { clock, database, send, tpp };
}
