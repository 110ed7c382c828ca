/** The sandbox gateway inside a Node process, for tests: it notes every call and each broken rule, and can fail. */

import { type Bases, DEFAULT_BASES } from './bases.ts';
import { Branch } from './branch.ts';
import type { Controls } from './controls.ts';
import { Clock } from './clock.ts';
import { dayNumber } from './data/calendar.ts';
import type { PersonaName } from './data/persona.ts';
import type { Shape } from './data/shape.ts';
import type { Endpoint } from './endpoint.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Ledger } from './ledger.ts';
import { type EnvironmentName, type Lifetimes, lifetimesOf } from './life.ts';
import { type Books, openBooks } from './node/books.ts';
import { newCredentials, workerSettings } from './node/credentials.ts';
import { type Listener, listen } from './node/listen.ts';
import type { Permission } from './permissions.ts';
import { DEFAULT_READINGS, type Readings } from './readings.ts';
import { Recorder } from './record.ts';
import { Register } from './register.ts';
import { PAGE_SIZE, type Settings } from './settings.ts';
import { type Report, quarterNamed, quarterOf, reportOf, untilToday } from './statistics.ts';

export type { PersonaName } from './data/persona.ts';
export type { Shape } from './data/shape.ts';
export type { Endpoint } from './endpoint.ts';
export type { FaultPlan, PlannedRule } from './fault-plan.ts';
export type { FaultRule } from './fault-rule.ts';
export type { EnvironmentName, Lifetimes, Rotation, Scope } from './life.ts';
export type { Permission } from './permissions.ts';
export type { Readings } from './readings.ts';
export type { Figures, Report } from './statistics.ts';
export type { Note, RecordedCall, Violation } from './record.ts';

export interface SandboxApplication {
  app: string;
  /** The text or the bytes that were uploaded to the portal, to the byte (JWS-8). */
  certificate: string | Uint8Array;
  /** Null has the person sent to the holding page. */
  redirectUrl: string | null;
}

/** The TPP that is known without registering; what is left out is made up anew. */
export interface SandboxTpp {
  clientId?: string;
  clientSecret?: string;
  applications?: readonly SandboxApplication[];
  /** Of the one application that is made up; without it the person is sent to the holding page. */
  redirectUrl?: string;
}

export interface SandboxOptions extends SandboxTpp {
  aspsp?: string;
  /** `both`: production stands beside it, under `production`, and shares who has registered. */
  environment?: EnvironmentName | 'both';
  /** With `both`: the TPP of production, whose credentials are none of the sandbox's (ENV-5). */
  production?: SandboxTpp;
  /** Whether order and spelling are held against the protocol where another reading means the same. */
  strict?: boolean;
  lifetimes?: Partial<Lifetimes>;
  clockOffsetSeconds?: number;
  /** Two prefixes and two versions find out whoever signs more or less than the path below the base (JWS-3). */
  bases?: Partial<Bases>;
  /** Texts to answer with in place of the stub data, by path. */
  resources?: Readonly<Record<string, string>>;
  /** ACC-5: `tell` unless told otherwise. */
  shape?: Shape;
  /** How many items of a list an answer holds at most; 50 unless told otherwise. */
  pageSize?: number;
  /** Whether the account whose JSON is awkward is listed. */
  awkward?: boolean;
  /** Whom the person at the bank is where nobody chooses; `usual` unless told otherwise. */
  persona?: PersonaName;
  /** A whole number: each has everybody live through another year. */
  seed?: number;
  /** PAY-6: the member of the body of `POST /authorise` in which a payment may be stated. */
  paymentAtAuthorise?: string;
  /** Where this gateway is to read the guide otherwise, as another bank's might. */
  readings?: Partial<Readings>;
  /** Who may use the control paths and pages; whoever comes by the loopback interface unless told otherwise. */
  controls?: Controls;
  port?: number;
}

/** What the PSU chooses on the consent page. */
export interface Choice {
  /** Who they are. */
  persona?: PersonaName;
  /** The account that a payment is taken from. */
  account?: string;
  /** What a consent for account information permits. */
  permissions?: readonly Permission[];
}

/** Pockit's (CFG-2). */
export const ASPSP = '8ddb14f1-fecd-41fe-90b7-f8fbda9494ac';

export function startSandbox(options: SandboxOptions & { environment: 'both' }): Promise<BothSandboxes>;
export function startSandbox(options?: SandboxOptions): Promise<Sandbox>;
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = new Sandbox(options);
  await sandbox.listen(options.port ?? 0);
  return sandbox;
}

export type BothSandboxes = Sandbox & { readonly production: Sandbox };

export class Sandbox implements AsyncDisposable {
  /** The other environment, where both were asked for. */
  readonly production: Sandbox | undefined;
  readonly #recorder = new Recorder();
  readonly #books: Books = openBooks();
  readonly #tpp: Tpp;
  readonly #settings: Settings;
  readonly #branch: Branch;
  #listener: Listener | undefined;

  constructor(options?: SandboxOptions);
  /** @internal */
  constructor(options?: SandboxOptions, register?: Register);
  constructor(options: SandboxOptions = {}, register?: Register) {
    const environment = options.environment === 'production' ? 'production' : 'sandbox';
    this.#tpp = tppOf(options, environment);
    this.#settings = settingsOf(options, environment, this.#tpp);
    this.#branch = new Branch({
      configuration: { settings: this.#settings },
      sql: this.#books.sql,
      register: register ?? new Register(this.#books.sql),
      bases: { ...DEFAULT_BASES, ...options.bases },
      record: this.#recorder,
    });
    if (options.environment !== 'both') return;
    const { clientId, clientSecret, applications, production, ...shared } = options;
    this.production = new Sandbox({ ...shared, ...production, environment: 'production' }, this.#branch.register);
    this.#branch.stand(this.production.#branch);
  }

  /** What the coming calls will meet. */
  get faults(): FaultPlan {
    return this.#branch.plan;
  }

  get #ledger(): Ledger {
    return this.#branch.ledger;
  }

  /** Production, where it is there, on the next port. */
  async listen(port: number): Promise<void> {
    this.#listener = await listen((request) => this.#serve(request), port);
    this.#branch.address = this.#listener.url;
    await this.production?.listen(port === 0 ? 0 : port + 1);
  }

  async close(): Promise<void> {
    await Promise.all([this.#listener?.close(), this.production?.close()]);
  }

  stop(): Promise<void> {
    return this.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  get url(): string {
    return this.#listener?.url ?? '';
  }

  get authBase(): string {
    return this.url + this.#branch.bases.auth;
  }

  get resourceBase(): string {
    return this.url + this.#branch.bases.resource;
  }

  /** The text or the bytes of the first application's certificate. */
  get certificate(): string | Uint8Array {
    return this.#tpp.applications[0]?.certificate ?? '';
  }

  /** The settings (`TELL_*`) of a worker that is to talk to this gateway as its first application. */
  get env(): Record<string, string> {
    const { applications: [first], ...credentials } = this.#tpp;
    const { app = '', certificate = '', redirectUrl = null } = first ?? {};
    const text = typeof certificate === 'string' ? certificate : Buffer.from(certificate).toString('utf8');
    const { environment, aspsp } = this.#settings;
    const { authBase, resourceBase } = this;
    const place = { environment, aspsp, authBase, resourceBase };
    return workerSettings({ ...credentials, app, certificate: text, redirectUrl }, place);
  }

  /** Every call of a TPP, oldest first, those that met a fault included. */
  get requests() {
    return this.#recorder.requests;
  }

  /** What those calls have done wrong. A test may empty it. */
  get violations() {
    return this.#recorder.violations;
  }

  /** What those calls have beside what the protocol asks for, such as further fields of a form. */
  get notes() {
    return this.#recorder.notes;
  }

  /** Every code and token given out: what must never show up elsewhere. */
  get issued() {
    return this.#recorder.issued;
  }

  /** Read at each use, so that a test may change them on the way. */
  get lifetimes(): Lifetimes {
    return this.#settings.lifetimes;
  }

  /** The bank's. The caller's `iat` is held against the true one. */
  get clock(): Clock {
    return this.#settings.clock;
  }

  /** How many items of a list an answer holds at most, from the next call on. */
  get pageSize(): number {
    return this.#settings.pageSize;
  }

  set pageSize(size: number) {
    this.#settings.pageSize = size;
  }

  count(endpoint: Endpoint): number {
    return this.requests.filter((call) => call.endpoint === endpoint).length;
  }

  /** Every payment that was made, oldest first, whatever became of its answer. */
  get payments() {
    return this.#ledger.payments();
  }

  /** STA-1: what the bank has counted in a quarter, such as `2026-Q4`; in the present one unless another is named. */
  statistics(quarter?: string): Report {
    const today = dayNumber(this.clock.at(Date.now()));
    const asked = quarter === undefined ? quarterOf(today) : quarterNamed(quarter);
    if (asked === undefined) throw new TypeError(`${quarter} is no quarter like 2026-Q4`);
    const span = untilToday(asked, today);
    return reportOf(this.#ledger.daysCounted(span.first, span.last), span);
  }

  /** ACC-2: every fifth request without the PSU in 24 hours, oldest first; none of them was answered. */
  get fifths() {
    return this.#ledger.fifths();
  }

  /**
   * The PSU accepts at `location`, and may choose; an account and permissions may be given as they are, too. The URL
   * the bank sends the browser back to (RED-1).
   */
  accept(location: string, choice: Choice | string = {}, allowed?: readonly Permission[]): Promise<string> {
    const chosen = typeof choice === 'string' ? { account: choice } : choice;
    const { persona, account, permissions = allowed }: Choice = chosen;
    return this.#press(location, {
      decision: 'accept',
      ...(persona !== undefined && { persona }),
      ...(account !== undefined && { account }),
      ...(permissions !== undefined && { permissions: permissions.join(',') }),
    });
  }

  /** The PSU declines, or fails SCA: no code comes back (RED-2). */
  decline(location: string): Promise<string> {
    return this.#press(location, { decision: 'decline' });
  }

  /** The PSU takes one consent back, or every PSU theirs; the TPP is not told (REV-1). */
  revoke(intentId?: string): void {
    if (intentId === undefined) this.#ledger.withdrawAll();
    else this.#ledger.withdraw(intentId);
  }

  /** Takes back what access tokens there are and leaves the refresh tokens: the next call is a 401, once. */
  dropAccessTokens(): void {
    this.#ledger.dropAccessTokens();
  }

  /** Every text that may stand nowhere but on the wire to this gateway. */
  secrets(): string[] {
    const { client, applications } = this.#settings;
    const { clientId, clientSecret } = client ?? { clientId: '', clientSecret: '' };
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const certificates = applications.flatMap((application) => application.certificates);
    const texts = certificates.map((certificate) => Buffer.from(certificate).toString('utf8'));
    return [clientSecret, basic, ...texts, ...this.issued.map(({ secret }) => secret)];
  }

  async #press(location: string, form: Record<string, string>): Promise<string> {
    const answer = await this.#serve(new Request(location, { method: 'POST', body: new URLSearchParams(form) }));
    const back = answer.headers.get('location');
    if (back === null) throw new Error(`nobody is sent back from ${location}: status ${answer.status}`);
    return back;
  }

  #serve(request: Request): Promise<Response> {
    return this.#branch.serve(request, Date.now());
  }
}

type Tpp = Required<Pick<SandboxTpp, 'clientId' | 'clientSecret' | 'applications'>> & { vaultKey: string };

function tppOf({ clientId, clientSecret, applications, redirectUrl }: SandboxTpp, environment: EnvironmentName): Tpp {
  const made = newCredentials(environment, redirectUrl);
  return {
    clientId: clientId ?? made.clientId,
    clientSecret: clientSecret ?? made.clientSecret,
    applications: applications ?? [made],
    vaultKey: made.vaultKey,
  };
}

function settingsOf(options: SandboxOptions, environment: EnvironmentName, tpp: Tpp): Settings {
  const { clientId, clientSecret, applications } = tpp;
  return {
    client: { clientId, clientSecret },
    aspsp: options.aspsp ?? ASPSP,
    applications: applications.map(({ app, certificate, redirectUrl }) => ({
      app,
      redirectUrl,
      certificates: [typeof certificate === 'string' ? new TextEncoder().encode(certificate) : certificate],
    })),
    environment,
    strict: options.strict ?? false,
    lifetimes: { ...lifetimesOf(environment), ...options.lifetimes },
    clock: new Clock(options.clockOffsetSeconds),
    resources: options.resources ?? {},
    faults: [],
    readings: { ...DEFAULT_READINGS, ...options.readings },
    shape: options.shape ?? 'tell',
    pageSize: options.pageSize ?? PAGE_SIZE,
    awkward: options.awkward ?? false,
    controls: options.controls ?? 'loopback',
    persona: options.persona ?? 'usual',
    seed: options.seed ?? 0,
    paymentAtAuthorise: options.paymentAtAuthorise ?? null,
  };
}
