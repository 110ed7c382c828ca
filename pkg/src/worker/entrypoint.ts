// The door for backends (a service binding, no HTTP): the same consents, without a browser. Errors are values with codes.
import { WorkerEntrypoint } from 'cloudflare:workers';
import type {
  Allowance, BackendConsent, ConsentState, ConsentView, PaymentTold, Problem, Scope, Statistics, Visitor,
} from '../generated/core.js';
import { Backend } from '../machine/workerd.js';
import { paymentText } from '../take.js';
import { problem, problemOf } from './problem.js';
import { cookiesIn } from './session.js';
import { type Configuration, type Configured, type Env, only } from './settings.js';
import { statistics } from './statistics-vault.js';
import { consents, customers, orders, type Vault } from './stub.js';
import type { Reply } from './vault.js';

/** What a backend asks to have authorised. */
export interface AuthoriseOptions {
  /** `aisp` for access to accounts, `pisp` for a payment. */
  scope: Scope;
  /** By name; the first, without it. */
  application?: string;
  /** The host's own name for the customer: for `consents`, and for renewals. */
  customer?: string;
  /** The payment that the customer is to agree to: an object, or its JSON text, which is sent byte for byte. */
  payment?: object | string;
  /** The order that it is for: it is paid once. */
  order?: string;
}

/** Where the customer is to be sent, and what to call the consent by from now on. */
export interface Authorised {
  /** What to call the consent by. */
  consent: string;
  /** The authorisation's own id, which events name. */
  uuid: string;
  /** Where to send the customer. */
  location: string;
  /** Until when they can come back, as an ISO time. */
  expiresAt: string;
}

/** How the customer came back. */
export interface Returned {
  /** What to call the consent by. */
  consent: string;
  /** Whether the customer agreed. */
  outcome: 'connected' | 'declined';
  /** What it was asked for. */
  scope: Scope;
  /** The authorisation's own id. */
  uuid: string;
  /** The host's own name for the customer, if it gave one. */
  customer?: string;
}

/**
 * The members that a payment has (PAY-1); what else was stated is there too. None of them is `unknown`: the types of a
 * service binding leave out whatever holds that.
 */
export interface PaymentMembers {
  /** The account that pays; the customer chooses it at the bank where it is left out. */
  AccountId?: string;
  /** Such as `FasterPayment`. */
  PaymentType: string;
  /** Who is paid. */
  BeneficiaryName: string;
  /** `SortCodeAccountNumber` or `IBAN`. */
  SchemeName: string;
  /** 14 digits, or an IBAN without spaces. */
  BeneficiaryIdentification: string;
  /** A plain decimal above zero. */
  Amount: string;
  /** Of ISO 4217. */
  Currency: string;
  /** What the beneficiary sees. */
  Reference: string;
}

/** A payment as it stands. */
export interface Payment extends PaymentTold {
  /** As it was stated or submitted. */
  payment?: PaymentMembers;
}

/** The bank's answer: its JSON text as it came. */
export interface Resource {
  /** The HTTP status. */
  status: number;
  /** The JSON text, byte for byte. */
  body: string;
  /** Without the customer: what is left of this endpoint (ACC-2). */
  budget?: Allowance;
}

/** What is to be read without the customer. */
export interface SweepPlan {
  /** Such as `/accounts/*\/transactions`, where `*` stands for each account; none of them ends it. */
  paths: string[];
  /** How often in 24 hours: as often as sweeps may, without it. */
  times?: number;
  /** The first day that is wanted, such as `2026-01-31`: all that the bank gives, without it. */
  since?: string;
  /** Whether the rows are wanted too, as `tell-connect/views` reads them. */
  views?: boolean;
}

/** When a plan begins; `null` where nothing is to be read. */
export interface Planned {
  /** An ISO time. */
  nextAt: string | null;
}

/** Why there is no value. */
export interface Refused extends Problem {
  /** Seconds after which another try makes sense, where that is known. */
  retryAfter?: number;
}

/** A value, or why there is none: tell them apart by `code`. */
export type Result<T> = (T & { code?: never }) | Refused;

/** Backends' door. */
export class TellConnect extends WorkerEntrypoint<Env> {
  /** What this door is under: a worker's own door knows its worker. */
  protected configured(): Configured {
    return only();
  }

  /** Asks for a consent. The one that it is to replace stays in force until it is connected (CON-1). */
  authorise(options: AuthoriseOptions): Promise<Result<Authorised>> {
    return this.#told<Authorised>(async (configuration) => {
      const { customer, payment, ...rest } = options;
      const known = customer === undefined ? undefined : customers(this.env, configuration)(Backend.customerName(customer));
      using backend = new Backend(configuration.settings);
      const begun = backend.begin({ ...rest, customer, payment: textOf(payment) });
      if (begun.type === 'problem') return begun.problem;
      if (begun.check !== undefined) {
        const said = await orders(this.env, configuration)(begun.check.order).ask({ type: 'checked', digest: begun.check.digest });
        if (said.problem !== undefined) return said.problem;
      }
      // Before the bank is asked: what is begun for a customer is found as theirs.
      const former = (await known?.add(begun.consent, begun.wish.scope, begun.wish.application)) ?? [];
      const renews = Backend.renews(await this.#statesOf(former, configuration));
      const reply = await consents(this.env, configuration)(begun.of).ask({ ...begun.wish, renews });
      if (reply.kind !== 'requested') {
        await known?.remove([begun.consent]);
        return problemIn(reply);
      }
      const { uuid, location, expiresAt } = reply;
      return { consent: begun.consent, uuid, location, expiresAt };
    });
  }

  /** Takes the URL to which the bank sent the customer. Hold `customer` against whoever is signed in. */
  callback(url: string): Promise<Result<Returned>> {
    return this.#told<Returned>(async (configuration) => {
      using backend = new Backend(configuration.settings);
      let last: Problem = problem('redirect_mismatch');
      for (const { of, consent } of backend.returned(url)) {
        const vault = consents(this.env, configuration)(of);
        const reply = await vault.ask({ type: 'redirected', url });
        if (reply.kind !== 'connected' && reply.kind !== 'declined') {
          last = problemIn(reply);
          continue;
        }
        const about = await vault.about();
        if (about === null) return problem('consent_not_found');
        const { scope, uuid, customer } = about;
        if (reply.kind === 'connected' && customer !== undefined) await this.#replaceFormer(customer, consent, configuration);
        return { consent, outcome: reply.kind, scope, uuid, ...(customer !== undefined && { customer }) };
      }
      return last;
    });
  }

  /** What may be known of a consent. */
  consent(consent: string): Promise<Result<ConsentView>> {
    return this.#of(consent, (vault) => viewOf(vault));
  }

  /** A customer's consents, the oldest first. */
  async consents(customer: string): Promise<Result<{ consents: ({ consent: string } & ConsentView)[] }>> {
    return this.#told(async (configuration) => {
      const known = customers(this.env, configuration)(Backend.customerName(customer));
      using backend = new Backend(configuration.settings);
      const handles = await known.consents();
      const views = await Promise.all(handles.map(async (consent) => {
        const named = backend.open(consent);
        const view = named === undefined ? null : await viewOf(consents(this.env, configuration)(named.of));
        return { consent, view };
      }));
      const gone = views.filter(({ view }) => view === null || view.code === 'consent_not_found');
      if (gone.length > 0) await known.remove(gone.map(({ consent }) => consent));
      const broken = views.find(({ view }) => view?.code !== undefined && view.code !== 'consent_not_found');
      if (broken?.view?.code !== undefined) return broken.view;
      return { consents: views.flatMap(({ consent, view }) => (view === null || view.code !== undefined ? [] : [{ consent, ...view }])) };
    });
  }

  /** A resource of the bank's; with the customer's own address where they are present (ACC-1). */
  resource(consent: string, options: { path: string; userIp?: string }): Promise<Result<Resource>> {
    return this.#of(consent, async (vault) => {
      const { path, userIp } = options;
      const reply = await vault.ask({ type: 'wanted', method: 'GET', path, ...visitorOf(userIp) });
      if (reply.kind !== 'passed') return problemIn(reply);
      const { status, body, budget } = reply.answer;
      return { status, body: await new Response(body).text(), ...(budget && { budget }) };
    });
  }

  /** Has something read without the customer, within what the bank allows (ACC-8), in place of what was planned before. */
  plan(consent: string, plan: SweepPlan): Promise<Result<Planned>> {
    return this.#of<Planned>(consent, async (vault) => {
      const reply = await vault.ask({ type: 'plan', plan: JSON.stringify(plan) });
      return reply.kind === 'planned' ? { nextAt: reply.nextAt ?? null } : problemIn(reply);
    });
  }

  /** Submits the payment, or tells what became of it (PAY-4). */
  pay(
    consent: string,
    options: { payment?: object | string; order?: string; userIp?: string } = {},
  ): Promise<Result<Payment & { isFirst: boolean }>> {
    return this.#of<Payment & { isFirst: boolean }>(consent, async (vault, backend) => {
      const refusal = backend.refusal();
      if (refusal !== undefined) return problem(refusal);
      const { payment, order, userIp } = options;
      const reply = await vault.ask({ type: 'pay', paymentText: textOf(payment), key: order, ...visitorOf(userIp) });
      return reply.kind === 'payment' ? { isFirst: reply.isFirst, ...(JSON.parse(reply.body) as Payment) } : problemIn(reply);
    });
  }

  /** How far the payment is (PAY-3). */
  payment(consent: string, options: { userIp?: string } = {}): Promise<Result<Payment>> {
    return this.#of(consent, async (vault) => {
      const reply = await vault.ask({ type: 'payment', ...visitorOf(options.userIp) });
      return reply.kind === 'payment' ? (JSON.parse(reply.body) as Payment) : problemIn(reply);
    });
  }

  /** Erases a consent. */
  forget(consent: string): Promise<Result<{ forgotten: true }>> {
    return this.#of(consent, async (vault) => {
      const reply = await vault.ask({ type: 'forget' });
      return reply.kind === 'forgotten' ? { forgotten: true as const } : problemIn(reply);
    });
  }

  /** What to call the consent by that a browser holds, for a host that ties it to a customer of its own. */
  handleOf(request: Request | string, scope: Scope = 'aisp'): Promise<Result<{ consent: string }>> {
    return this.#told<{ consent: string }>(async ({ settings }) => {
      const cookie = typeof request === 'string' ? request : (request.headers.get('Cookie') ?? '');
      using backend = new Backend(settings);
      const named = backend.held(cookiesIn(cookie), scope, Date.now());
      return named === undefined ? problem('consent_not_found') : { consent: named.consent };
    });
  }

  /** What was counted of the bank's interface (STA-1), by day. */
  statistics(options: { from?: string; to?: string } = {}): Promise<Result<Statistics>> {
    return this.#told(async (configuration) => JSON.parse(await statistics(this.env, configuration, options)) as Statistics);
  }

  /** The consents that this one replaces make room (CON-1); one that could not does so when the redirect is repeated. */
  async #replaceFormer(customer: string, consent: string, configuration: Configuration): Promise<void> {
    const known = customers(this.env, configuration)(Backend.customerName(customer));
    const replies = await Promise.all(this.#named(await known.former(consent), configuration).map(async (named) => {
      const { kind } = await consents(this.env, configuration)(named.of).ask({ type: 'replaced' });
      return kind === 'forgotten' ? [named.consent] : [];
    }));
    await known.remove(replies.flat());
  }

  /** How far these are, of those that there are. */
  async #statesOf(handles: readonly string[], configuration: Configuration): Promise<ConsentState[]> {
    const named = this.#named(handles, configuration);
    const views = await Promise.all(named.map(({ of }) => viewOf(consents(this.env, configuration)(of))));
    return views.flatMap((view) => (view.code === undefined ? [view.state] : []));
  }

  #named(handles: readonly string[], { settings }: Configuration): BackendConsent[] {
    using backend = new Backend(settings);
    return handles.map((handle) => backend.open(handle)).filter((found) => found !== undefined);
  }

  #of<T>(consent: string, ask: (vault: Vault, backend: Backend) => Promise<Result<T>>): Promise<Result<T>> {
    return this.#told<T>(async (configuration) => {
      using backend = new Backend(configuration.settings);
      const named = backend.open(consent);
      return named === undefined ? problem('consent_not_found') : await ask(consents(this.env, configuration)(named.of), backend);
    });
  }

  /** What is thrown on the way is told as a value. */
  async #told<T>(act: (configuration: Configuration) => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await act(await this.configured().read(this.env));
    } catch (error) {
      return problemOf(error);
    }
  }
}

async function viewOf(vault: Vault): Promise<Result<ConsentView>> {
  return (await vault.view()) ?? problem('consent_not_found');
}

/** The customer's address, as the backend saw it. */
const visitorOf = (userIp: string | undefined): { visitor?: Visitor } => (userIp === undefined ? {} : { visitor: { ip: userIp } });

/** A payment's text, where there is one. */
const textOf = (payment: object | string | undefined): string | undefined =>
  payment === undefined ? undefined : paymentText(payment);

function problemIn(reply: Reply): Refused {
  if (reply.kind !== 'failed') return problem('internal');
  const { problem: refused, retryAfter } = reply;
  return { ...refused, ...(retryAfter !== undefined && { retryAfter }) };
}

