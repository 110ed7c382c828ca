/** One consent's life, driven by hand: the real machine, a clock of the test's own, and a note of what is kept. */

import { Consent, Settings } from 'tell-connect/machine';
import type { Command, ConsentEvent, Consent as Machine, Scope } from 'tell-connect/machine';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const CODE_LIFETIME = MINUTE;

const GATEWAY = 'https://auth.tell.money/v1';
const settings = Settings.read({
  TELL_ENVIRONMENT: 'production',
  TELL_APP: 'app',
  TELL_ASPSP: '8ddb14f1-fecd-41fe-90b7-f8fbda9494ac',
  TELL_RESOURCE_BASE_URL: 'https://bank.example/v1',
  TELL_REDIRECT_URL: 'https://tpp.example/api/callback',
  TELL_CLIENT_ID: 'client',
  TELL_CLIENT_SECRET: 'secret',
  TELL_CERTIFICATE: 'certificate',
  TELL_VAULT_KEY: btoa('k1'.repeat(16)),
  TELL_EVENTS: 'bound',
  TELL_RESULTS: 'bound',
  STATISTICS: 'bound',
});

const PAYMENT = JSON.stringify({
  PaymentType: 'FasterPayment', BeneficiaryName: 'A', SchemeName: 'SortCodeAccountNumber',
  BeneficiaryIdentification: '20000012345678', Amount: '1.00', Currency: 'GBP', Reference: 'r',
});
/** All that a consent can be asked for with, and the same of account access. */
const TERMS = { customer: 'c-7', renews: true };
const PAYMENT_TERMS = { ...TERMS, payment: PAYMENT, order: 'order-1' };

/** Which call of the gateway a request is. */
export type Kind = 'authorise' | 'token' | 'resource' | 'payment';

export interface Sent {
  id: number;
  kind: Kind;
}

/** An answer of the gateway. */
export interface Answer {
  status: number;
  body: string;
  retryAfter?: string;
}

/** Where a life is when nothing is kept of it. */
export const NOTHING = '[*]';

export const grant = (more: object = {}): Answer => ({
  status: 200,
  body: JSON.stringify({
    access_token: 'access', refresh_token: 'refresh', token_type: 'Bearer', expires_in: 3600, scope: 'accounts:read,balance:read',
    ...more,
  }),
});
export const refusal = (status: number, error?: string): Answer =>
  ({ status, body: error === undefined ? '' : JSON.stringify({ error }) });
export const requestedAt: Answer = {
  status: 200,
  body: JSON.stringify({ 'intent-id': 'intent', location: `${GATEWAY}/consent` }),
};

export class Life {
  now = Date.UTC(2026, 0, 1);
  state = NOTHING;
  /** `from --> to`, in the order taken. */
  readonly edges: string[] = [];
  /** The members of each snapshot kept, with its phase in front. */
  readonly members = new Set<string>();
  /** What happened, for whoever has to understand a failure. */
  readonly trace: string[] = [];
  /** Requests that have neither been answered nor lost. */
  underWay: Sent[] = [];
  wakeAt: number | undefined;
  #machine: Machine = new Consent(settings);
  #snapshot: string | undefined;
  #uuid = '';
  #caller = 0;
  #notes: number[] = [];
  #batches: number[] = [];

  start(scope: Scope = 'aisp', isOnTerms = false): void {
    const terms = scope === 'pisp' ? PAYMENT_TERMS : TERMS;
    this.#happen({ type: 'start', scope, caller: this.#caller += 1, ...(isOnTerms && terms) });
  }

  /** The bank sends the customer back; without a code they declined. */
  comeBack(code: string | undefined, uuid = this.#uuid): void {
    const url = `https://tpp.example/api/callback?intent-id=intent&uuid=${uuid}&authorisation_code=${code ?? 'null'}`;
    this.#happen({ type: 'redirected', url, caller: this.#caller += 1 });
  }

  want(path = '/accounts', isPresent = true): void {
    const visitor = { host: 'tpp.example', ip: '198.51.100.7' };
    this.#happen({ type: 'wanted', method: 'GET', path, caller: this.#caller += 1, ...(isPresent && { visitor }) });
  }

  plan(): void {
    this.#happen({ type: 'plan', plan: '{"paths":["/accounts","/accounts/*/balance"]}', caller: this.#caller += 1 });
  }

  pay(): void {
    this.#happen({ type: 'pay', body: PAYMENT, caller: this.#caller += 1 });
  }

  /** How far is the payment? */
  look(): void {
    this.#happen({ type: 'payment', caller: this.#caller += 1 });
  }

  /** Whoever is to be told has it, or has not. */
  deliver(isDelivered: boolean): void {
    for (const id of this.#notes.splice(0)) this.#happen({ type: 'noted', id, isDelivered });
    for (const id of this.#batches.splice(0)) this.#happen({ type: 'counted', id, isTaken: isDelivered });
  }

  forget(): void {
    this.#happen({ type: 'forget', caller: this.#caller += 1 });
  }

  /** The gateway answers a request: the latest of that kind, unless another is named. */
  answer(kind: Kind, answer: Answer, sent = this.#latest(kind)): void {
    this.#happen({ type: 'answered', id: sent.id, ...answer });
    this.underWay = this.underWay.filter((other) => other !== sent);
  }

  lose(kind: Kind, loss: 'timeout' | 'unreachable' | 'unreadable' = 'timeout', sent = this.#latest(kind)): void {
    this.#happen({ type: 'lost', id: sent.id, loss });
    this.underWay = this.underWay.filter((other) => other !== sent);
  }

  /** Time passes, and the machine is woken. */
  wait(milliseconds: number): void {
    this.now += milliseconds;
    this.#happen({ type: 'woken' });
  }

  /** The wake-up that was asked for comes, if one was. */
  wake(): void {
    if (this.wakeAt !== undefined) this.wait(Math.max(0, this.wakeAt - this.now));
  }

  /** A crash, and a start from the last snapshot; what was under way finds no one. */
  restart(): void {
    this.trace.push('restart');
    this.#machine.free();
    this.#machine = new Consent(settings, this.#snapshot);
    this.underWay = [];
    this.#notes = [];
    this.#batches = [];
    if (this.#snapshot !== undefined) this.#happen({ type: 'woken' });
  }

  /** Nothing can happen any more. Thousands of machines that wait to be collected make each other slow. */
  end(): void {
    this.#machine.free();
  }

  #latest(kind: Kind): Sent {
    const sent = this.underWay.findLast((request) => request.kind === kind);
    if (sent === undefined) throw new Error(`no ${kind} request is under way\n${this.trace.join('\n')}`);
    return sent;
  }

  #happen(event: ConsentEvent): void {
    this.trace.push(`${new Date(this.now).toISOString()} ${this.state} ${JSON.stringify(event)}`);
    for (const command of this.#machine.handle(event, this.now)) this.#carryOut(command);
  }

  #carryOut(command: Command): void {
    switch (command.type) {
      case 'keep': return this.#keep(command.snapshot);
      case 'forget':
        this.#snapshot = undefined;
        return this.#enter(NOTHING);
      case 'wake':
        this.wakeAt = command.at;
        return;
      case 'send':
        this.underWay.push({ id: command.id, kind: kindOf(command.request.url) });
        return;
      case 'claim':
        return this.#happen({ type: 'claimed', id: command.id, claim: 'granted' });
      case 'hand':
        return this.#happen({ type: 'handed', number: command.number, isTaken: true });
      case 'deliver':
        this.#notes.push(command.id);
        return;
      case 'count':
        this.#batches.push(command.id);
        return;
      case 'answer':
      case 'audit': return;
    }
  }

  #keep(snapshot: string): void {
    const kept = JSON.parse(snapshot) as { phase: string; uuid: string; forgotten_at?: number };
    this.#snapshot = snapshot;
    this.#uuid = kept.uuid;
    for (const member of Object.keys(kept)) this.members.add(`${kept.phase}.${member}`);
    // Of a consent that was forgotten nothing is left but what others are to be told.
    this.#enter(kept.forgotten_at === undefined ? kept.phase : NOTHING);
  }

  #enter(state: string): void {
    if (state !== this.state) this.edges.push(`${this.state} --> ${state}`);
    this.state = state;
  }
}

function kindOf(url: string): Kind {
  if (url.endsWith('/authorise')) return 'authorise';
  if (url.includes('/payments')) return 'payment';
  return url.endsWith('/access-token') ? 'token' : 'resource';
}
