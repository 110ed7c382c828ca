/**
 * A tell.connect gateway for tests: strict to the protocol's rules, and able to fail in every way a network or a bank
 * can. It answers a wrong request as a real one would and also records it, so that a test can demand silence.
 */

import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bank, type Consent, type Intent, type Lifetimes, type Scope } from './bank.ts';
import { readCall, type Call, type Endpoint } from './call.ts';
import { checkCall, type CheckContext, type Deviation } from './checks.ts';
import { RESOURCES } from './data.ts';
import { DROP, json, text, type Answer, type Fault } from './faults.ts';
import { RefreshWatch, UnattendedBudget } from './watch.ts';

export interface Application {
  readonly app: string;
  /** The exact bytes uploaded to the portal (JWS-8). */
  readonly certificate: Uint8Array;
  readonly redirectUrl: string;
}

export interface GatewayOptions extends Partial<Lifetimes> {
  readonly environment?: 'sandbox' | 'production';
  readonly clientId: string;
  readonly clientSecret: string;
  readonly aspsp?: string;
  readonly applications: readonly Application[];
}

export interface Violation {
  readonly rule: string;
  readonly message: string;
  readonly request: Call;
}

export const POCKIT = '8ddb14f1-fecd-41fe-90b7-f8fbda9494ac';

/** Two prefixes and two versions: whoever signs more or less than the path below the base is found out (JWS-3). */
const BASES = { auth: '/v1', resource: '/bank/v3' };

export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const gateway = new Gateway(options);
  await gateway.listen();
  return gateway;
}

export class Gateway {
  readonly requests: Call[] = [];
  readonly violations: Violation[] = [];
  readonly lifetimes: Lifetimes;
  readonly bank: Bank;
  readonly #options: GatewayOptions;
  readonly #server: Server;
  readonly #once = new Map<Endpoint, Fault[]>();
  readonly #always = new Map<Endpoint, Fault>();
  readonly #refreshes = new RefreshWatch();
  readonly #budget = new UnattendedBudget();
  #offsetSeconds = 0;
  #address = '';

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.lifetimes = {
      codeSeconds: 600,
      accessSeconds: 3600,
      refreshedAccessSeconds: 3600,
      rotation: 'strict',
      graceSeconds: 60,
      ...options,
    };
    this.bank = new Bank(this.lifetimes, () => this.now());
    this.#server = createServer((request, response) => {
      readCall(request, BASES).then((call) => this.#serve(call, response)).catch((error: unknown) => {
        // A caller that is killed in the middle of its request is part of these tests.
        if (!request.destroyed || request.complete) console.error(error);
        response.destroy();
      });
    });
  }

  listen(): Promise<void> {
    // A test that fails before it closes its gateway must still be able to end.
    this.#server.unref();
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => {
        this.#address = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return this.#address;
  }

  get authBase(): string {
    return this.url + BASES.auth;
  }

  get resourceBase(): string {
    return this.url + BASES.resource;
  }

  /** Seconds since 1970 on the bank's clock. */
  now(): number {
    return Date.now() / 1000 + this.#offsetSeconds;
  }

  /** Moves the bank's clock: codes, tokens and consents age. The caller's `iat` is still held against the real one. */
  advance(seconds: number): void {
    this.#offsetSeconds += seconds;
  }

  /** The next request to the endpoint meets the fault; several wait in line. */
  next<F extends Fault>(endpoint: Endpoint, fault: F): F {
    this.#once.set(endpoint, [...(this.#once.get(endpoint) ?? []), fault]);
    return fault;
  }

  /** Every request to the endpoint meets the fault, after those in line, until `clearFaults`. */
  always<F extends Fault>(endpoint: Endpoint, fault: F): F {
    this.#always.set(endpoint, fault);
    return fault;
  }

  clearFaults(): void {
    this.#once.clear();
    this.#always.clear();
  }

  /** How many requests the endpoint has had, faulty ones included. */
  count(endpoint: Endpoint): number {
    return this.requests.filter((call) => call.endpoint === endpoint).length;
  }

  /** The PSU accepts at `location`: the URL the bank sends the browser back to (RED-1). */
  accept(location: string): string {
    return this.#redirect(this.#intentAt(location), true);
  }

  /** The PSU declines, or fails SCA: no code comes back (RED-2). */
  decline(location: string): string {
    return this.#redirect(this.#intentAt(location), false);
  }

  revoke(consent?: Consent): void {
    this.bank.revoke(consent);
  }

  /** Every text that may stand nowhere but on the wire to this gateway. */
  secrets(): string[] {
    const { clientId, clientSecret, applications } = this.#options;
    const certificates = applications.map(({ certificate }) => Buffer.from(certificate).toString('utf8'));
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    return [clientSecret, basic, ...certificates, ...this.bank.issued];
  }

  #intentAt(location: string): Intent {
    const intent = this.bank.intents.get(new URL(location).pathname.split('/').at(-1) ?? '');
    if (intent === undefined) throw new Error(`no intent of this gateway is at ${location}`);
    return intent;
  }

  #redirect(intent: Intent, accepted: boolean): string {
    const code = this.bank.decide(intent, accepted);
    const application = this.#options.applications.find(({ app }) => app === intent.app);
    const url = new URL(application?.redirectUrl ?? '');
    url.searchParams.append('intent-id', intent.id);
    url.searchParams.append('uuid', intent.uuid);
    url.searchParams.append('authorisation_code', String(code));
    return url.href;
  }

  async #serve(call: Call, response: ServerResponse): Promise<void> {
    if (this.#isPsu(call)) {
      send(this.#consentPage(call), response);
      return;
    }
    this.requests.push(call);
    const { deviations, app } = checkCall(call, this.#checkContext());
    for (const deviation of deviations) this.#violate(deviation, call);
    const leave = this.#enterRefresh(call);
    response.on('close', leave);
    const fault = this.#once.get(call.endpoint)?.shift() ?? this.#always.get(call.endpoint) ?? {};
    const early = await fault.onArrival?.();
    const answer = early ?? this.#process(call, app, deviations[0], fault.keepsRefreshToken !== true);
    const outcome = answer === DROP || early !== undefined ? answer : await (fault.onAnswer?.(answer) ?? answer);
    // Left before the last byte: the caller may ask again as soon as it has read the answer.
    if (outcome === DROP || fault.write === undefined) leave();
    if (outcome === DROP) response.destroy();
    else (fault.write ?? send)(outcome, response);
  }

  #enterRefresh(call: Call): () => void {
    if (call.endpoint !== 'refresh') return () => undefined;
    const token = new URLSearchParams(call.body.toString('utf8')).get('refresh_token') ?? '';
    const consent = this.bank.consentOf(token);
    if (consent === undefined) return () => undefined;
    const { alone, leave } = this.#refreshes.enter(consent);
    if (!alone) this.#violate({ rule: 'REF-2', status: 0, message: 'two refreshes of one consent at once' }, call);
    return leave;
  }

  #violate({ rule, message }: Deviation, request: Call): void {
    this.violations.push({ rule, message, request });
  }

  #checkContext(): CheckContext {
    const { environment = 'sandbox', clientId, clientSecret, aspsp = POCKIT, applications } = this.#options;
    const certificates = new Map(applications.map(({ app, certificate }) => [app, certificate]));
    return { environment, clientId, clientSecret, aspsp, certificates, now: Date.now() / 1000 };
  }

  #process(call: Call, app: string | undefined, deviation: Deviation | undefined, rotate: boolean): Answer {
    if (deviation !== undefined || app === undefined) return refuse(deviation?.status ?? 401);
    switch (call.endpoint) {
      case 'authorise':
        return this.#authorise(call, app);
      case 'exchange':
      case 'refresh':
        return this.#token(call, app, rotate);
      case 'resource':
        return this.#resource(call, app);
      case 'unknown':
        return refuse(404);
    }
  }

  #authorise(call: Call, app: string): Answer {
    const body = JSON.parse(call.body.toString('utf8')) as { uuid: string; scope: Scope; sandbox_sca?: boolean };
    if (this.#options.environment === 'production' && this.bank.hasUuid(body.uuid)) {
      this.#violate({ rule: 'ENV-3', status: 400, message: `uuid ${body.uuid} was used before` }, call);
      return refuse(400);
    }
    const intent = this.bank.open(app, body.uuid, body.scope, body.sandbox_sca ?? false);
    return json(201, { 'intent-id': intent.id, location: `${this.authBase}/authorise/${intent.id}` });
  }

  #token(call: Call, app: string, rotate: boolean): Answer {
    const form = new URLSearchParams(call.body.toString('utf8'));
    const granted = call.endpoint === 'exchange'
      ? this.bank.exchange(form.get('code') ?? '', app)
      : this.bank.refresh(form.get('refresh_token') ?? '', app, rotate);
    if (typeof granted !== 'string') return json(200, granted, { 'cache-control': 'no-store' });
    return json(400, { error: 'invalid_grant', error_description: `The grant is refused: ${granted}.` });
  }

  #resource(call: Call, app: string): Answer {
    const token = call.headers.find(([name]) => name === 'authorization')?.[1].slice('Bearer '.length) ?? '';
    const consent = this.bank.access(token, app);
    if (consent === undefined) return refuse(401);
    if (consent.intent.scope !== 'aisp') return refuse(403);
    const attended = call.headers.some(([name]) => name === 'x-user-ip');
    if (!attended && !this.#budget.allows(consent, call.method, call.path, this.now())) {
      this.#violate({ rule: 'ACC-2', status: 429, message: 'a fifth request in 24 hours without the PSU' }, call);
      return json(429, { error: 'too_many_requests' }, { 'retry-after': '3600' });
    }
    const body = RESOURCES[call.path];
    if (body === undefined) return json(404, { error: 'not_found' });
    return call.method === 'GET' ? text(200, body, 'application/json; charset=utf-8') : refuse(405);
  }

  /** A browser at the `location` of an intent, not the TPP: nothing to check, nothing to count. */
  #isPsu(call: Call): boolean {
    return call.method === 'GET' && call.target.startsWith(`${BASES.auth}/authorise/`);
  }

  #consentPage(call: Call): Answer {
    const intent = this.bank.intents.get(call.path.split('/').at(-1) ?? '');
    if (intent === undefined) return text(404, 'No such authorisation.', 'text/plain');
    if (!intent.sandboxSca) return text(200, 'The person at the bank decides here.', 'text/plain');
    return text(303, '', 'text/plain', { location: this.#redirect(intent, true) });
  }
}

/** A gateway tells a stranger no more than the status. */
function refuse(status: number): Answer {
  return json(status, { error: status === 401 ? 'invalid_client' : 'invalid_request' });
}

function send(answer: Answer, response: ServerResponse): void {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.body.length) });
  response.end(answer.body);
}
