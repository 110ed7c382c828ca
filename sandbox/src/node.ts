/** The sandbox gateway inside a Node process, for tests: it notes every call and each broken rule, and can fail. */

import { DatabaseSync } from 'node:sqlite';
import { type Bases, DEFAULT_BASES } from './bases.ts';
import { Branch } from './branch.ts';
import type { Controls } from './check/loopback.ts';
import { Clock } from './clock.ts';
import { dayNumber } from './data/calendar.ts';
import type { Shape } from './data/shape.ts';
import type { Endpoint } from './endpoint.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Ledger } from './ledger.ts';
import { type EnvironmentName, type Lifetimes, lifetimesOf } from './life.ts';
import { type Listener, listen } from './node/listen.ts';
import { sqlOf } from './node/sql.ts';
import type { Permission } from './permissions.ts';
import { Recorder } from './record.ts';
import { PAGE_SIZE, type Settings } from './settings.ts';
import { type Report, quarterNamed, quarterOf, reportOf, untilToday } from './statistics.ts';

export type { Shape } from './data/shape.ts';
export type { Endpoint } from './endpoint.ts';
export type { FaultPlan, PlannedRule } from './fault-plan.ts';
export type { FaultRule } from './fault-rule.ts';
export type { EnvironmentName, Lifetimes, Rotation, Scope } from './life.ts';
export type { Permission } from './permissions.ts';
export type { Figures, Report } from './statistics.ts';
export type { RecordedCall, Violation } from './record.ts';

export interface SandboxApplication {
  app: string;
  /** The text or the bytes that were uploaded to the portal, to the byte (JWS-8). */
  certificate: string | Uint8Array;
  redirectUrl: string;
}

export interface SandboxOptions {
  clientId: string;
  clientSecret: string;
  applications: readonly SandboxApplication[];
  aspsp?: string;
  environment?: EnvironmentName;
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
  /** PAY-6: the member of the body of `POST /authorise` in which a payment may be stated. */
  paymentAtAuthorise?: string;
  /** Who may use the control paths and pages; whoever comes by the loopback interface unless told otherwise. */
  controls?: Controls;
  port?: number;
}

/** Pockit's (CFG-2). */
export const ASPSP = '8ddb14f1-fecd-41fe-90b7-f8fbda9494ac';

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = new Sandbox(options);
  await sandbox.listen(options.port ?? 0);
  return sandbox;
}

export class Sandbox implements AsyncDisposable {
  readonly #recorder = new Recorder();
  readonly #settings: Settings;
  readonly #branch: Branch;
  #listener: Listener | undefined;

  constructor(options: SandboxOptions) {
    this.#settings = settingsOf(options);
    this.#branch = new Branch({
      configuration: { settings: this.#settings },
      sql: sqlOf(new DatabaseSync(':memory:')),
      bases: { ...DEFAULT_BASES, ...options.bases },
      record: this.#recorder,
    });
  }

  /** What the coming calls will meet. */
  get faults(): FaultPlan {
    return this.#branch.plan;
  }

  get #ledger(): Ledger {
    return this.#branch.ledger;
  }

  async listen(port: number): Promise<void> {
    this.#listener = await listen((request) => this.#serve(request), port);
  }

  async close(): Promise<void> {
    await this.#listener?.close();
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

  /** Every call of a TPP, oldest first, those that met a fault included. */
  get requests() {
    return this.#recorder.requests;
  }

  /** What those calls have done wrong. A test may empty it. */
  get violations() {
    return this.#recorder.violations;
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
   * The PSU accepts at `location`, and may choose the account that a payment is taken from, or the permissions of a
   * consent for account information: the URL the bank sends the browser back to (RED-1).
   */
  accept(location: string, account?: string, permissions?: readonly Permission[]): Promise<string> {
    return this.#press(location, {
      decision: 'accept',
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

function settingsOf(options: SandboxOptions): Settings {
  const { clientId, clientSecret, environment = 'sandbox' } = options;
  return {
    client: { clientId, clientSecret },
    aspsp: options.aspsp ?? ASPSP,
    applications: options.applications.map(({ certificate, ...application }) => ({
      ...application,
      certificates: [typeof certificate === 'string' ? new TextEncoder().encode(certificate) : certificate],
    })),
    environment,
    strict: options.strict ?? false,
    lifetimes: { ...lifetimesOf(environment), ...options.lifetimes },
    clock: new Clock(options.clockOffsetSeconds),
    resources: options.resources ?? {},
    faults: [],
    shape: options.shape ?? 'tell',
    pageSize: options.pageSize ?? PAGE_SIZE,
    awkward: options.awkward ?? false,
    controls: options.controls ?? 'loopback',
    paymentAtAuthorise: options.paymentAtAuthorise ?? null,
  };
}
