/** The sandbox gateway inside a Node process, for tests: it notes every call and each broken rule, and can fail. */

import { DEFAULT_BASES } from './bases.ts';
import { Branch } from './branch.ts';
import type { Clock } from './clock.ts';
import { dayNumber } from './data/calendar.ts';
import type { Endpoint } from './endpoint.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Ledger } from './ledger.ts';
import type { Lifetimes } from './life.ts';
import { type Books, openBooks } from './node/books.ts';
import { workerSettings } from './node/credentials.ts';
import { type Listener, listen } from './node/listen.ts';
import { type Choice, type SandboxOptions, type Tpp, settingsOf, tppOf } from './node/options.ts';
import type { Permission } from './permissions.ts';
import { Recorder } from './record.ts';
import { Register } from './register.ts';
import type { Settings } from './settings.ts';
import { type Report, quarterNamed, quarterOf, reportOf, untilToday } from './statistics.ts';

export { ASPSP } from './aspsp.ts';
export type { Choice, SandboxApplication, SandboxOptions, SandboxTpp } from './node/options.ts';
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
    const { app = '', name, certificate = '', redirectUrl = null } = first ?? {};
    const text = typeof certificate === 'string' ? certificate : Buffer.from(certificate).toString('utf8');
    const { environment, aspsp } = this.#settings;
    const { authBase, resourceBase } = this;
    const place = { environment, aspsp, authBase, resourceBase };
    return workerSettings({ ...credentials, app, ...(name && { name }), certificate: text, redirectUrl }, place);
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
