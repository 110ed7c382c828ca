/** One environment's gateway with a TPP that keeps every rule, so that a case changes one thing. */

import { DatabaseSync } from 'node:sqlite';
import type { Observer } from '../../src/context.ts';
import type { Desk } from '../../src/desk.ts';
import { Directory } from '../../src/directory.ts';
import { createGateway } from '../../src/gateway.ts';
import { Ledger } from '../../src/ledger.ts';
import type { EnvironmentName } from '../../src/life.ts';
import { sqlOf } from '../../src/node/sql.ts';
import type { Refusal } from '../../src/refusal.ts';
import { Register } from '../../src/register.ts';
import { readSettings } from '../../src/settings.ts';
import { CERTIFICATE, ORIGIN, VARIABLES, remote } from '../support/sandbox.ts';
import { type Tokens, PAYMENT, Tpp, read } from '../support/tpp.ts';

export const ENVIRONMENTS = ['sandbox', 'production'] as const satisfies readonly EnvironmentName[];

export class Bench {
  readonly environment: EnvironmentName;
  readonly clock: { now: number };
  readonly tpp: Tpp;
  /** Every refusal, with the stack of where it was made. */
  readonly refusals: Refusal[] = [];
  /** Every code and token given out. */
  readonly issued: string[] = [];
  /** Where the portal keeps who has registered. */
  readonly portal: DatabaseSync;
  readonly register: Register;
  readonly #variables: Record<string, unknown>;
  readonly #gateway = createGateway();
  #desk: Desk = remote(new Ledger(sqlOf(new DatabaseSync(':memory:'))));

  readonly send = async (request: Request): Promise<Response> => {
    const configuration = readSettings(this.#variables);
    const directory = 'settings' in configuration ? new Directory(configuration.settings, this.register) : undefined;
    const observer: Observer = {
      refused: (refusal) => void this.refusals.push(refusal),
      issued: ({ secret }) => void this.issued.push(secret),
    };
    const around = { configuration, desk: this.#desk, now: this.clock.now, observer };
    return this.#gateway.fetch(request, { ...around, ...(directory !== undefined && { directory }) });
  };

  constructor(environment: EnvironmentName, variables: Record<string, unknown> = {}, shared?: Bench) {
    this.environment = environment;
    this.#variables = { ...VARIABLES, ...variables, SANDBOX_ENVIRONMENT: environment };
    this.clock = shared?.clock ?? { now: Date.UTC(2026, 5, 15, 12) };
    this.portal = shared?.portal ?? new DatabaseSync(':memory:');
    this.register = new Register(sqlOf(this.portal));
    const { SANDBOX_CLIENT_ID: clientId, SANDBOX_CLIENT_SECRET: clientSecret } = VARIABLES;
    this.tpp = new Tpp({
      send: this.send,
      now: () => this.clock.now,
      authBase: `${ORIGIN}/v1`,
      resourceBase: `${ORIGIN}/v1`,
      ...{ clientId, clientSecret, app: 'app-one', certificate: CERTIFICATE, environment },
    });
  }

  /** The other environment of the same bank: books and credentials of its own, one portal. */
  other(): Bench {
    const environment = this.environment === 'sandbox' ? 'production' : 'sandbox';
    return new Bench(environment, this.#variables, this);
  }

  /** The bank's books fail from now on. */
  failBooks(): void {
    this.#desk = new Proxy(this.#desk, {
      get: () => () => {
        throw new Error('the books are closed');
      },
    });
  }

  wait(seconds: number): void {
    this.clock.now += seconds * 1000;
  }

  get seconds(): number {
    return Math.floor(this.clock.now / 1000);
  }

  /** The members of a right JWS header, in order. */
  header(path = '/accounts'): Record<string, unknown> {
    return { alg: 'HS256', typ: 'JWT', app: 'app-one', path, iat: this.seconds };
  }

  /** Reads the accounts, the PSU present, but for these headers. */
  async accounts(headers: Record<string, string> = {}, access?: string): Promise<Response> {
    const token = access ?? (await this.tpp.connect()).access_token;
    return this.tpp.get('/accounts', token, { 'x-user-ip': '203.0.113.1', ...headers });
  }

  /** Of an authorisation that the PSU has accepted. */
  async code(): Promise<string> {
    return (await this.tpp.decide(await this.location(), 'accept')).get('authorisation_code') ?? '';
  }

  /** Where the PSU is sent. */
  async location(members: object = {}): Promise<string> {
    const answer = await this.tpp.authorise({ uuid: crypto.randomUUID(), ...members });
    return (await read<{ location: string }>(answer)).location;
  }

  exchange(code: string): Promise<Response> {
    return this.tpp.token({ grant_type: 'authorization_code', code });
  }

  /** An access token for one payment. */
  async payer(members: object = {}, decision = 'accept'): Promise<string> {
    return (await this.connect({ scope: 'pisp', ...members }, decision)).access_token;
  }

  connect(members: object = {}, decision = 'accept'): Promise<Tokens & { location: string; code: string }> {
    return this.tpp.connectWith({ uuid: crypto.randomUUID(), ...members }, decision);
  }

  /** Submits a payment with these changes. */
  async pay(changes: object = {}): Promise<Response> {
    return this.tpp.pay(await this.payer(), { ...PAYMENT, ...changes });
  }
}
