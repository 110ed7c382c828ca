// The door for backends (a service binding, no HTTP): the same consents, without a browser. Errors are values with codes.
import { WorkerEntrypoint } from 'cloudflare:workers';
import type {
  BackendConsent, ConsentView, PaymentTold, Problem, Scope, Visitor,
} from '../generated/core.js';
import { Backend } from '../machine/workerd.js';
import { problem, problemOf } from './problem.js';
import { cookiesIn } from './session.js';
import { type Configuration, type Configured, type Env, only } from './settings.js';
import { consents, customers, orders, type Vault } from './stub.js';
import type { Reply } from './vault.js';

/** What a backend asks to have authorised. */
export interface AuthoriseOptions {
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
  consent: string;
  uuid: string;
  location: string;
  expiresAt: string;
}

/** How the customer came back. */
export interface Returned {
  consent: string;
  outcome: 'connected' | 'declined';
  scope: Scope;
  uuid: string;
  customer?: string;
}

/** A payment as it stands. */
export interface Payment extends PaymentTold {
  /** As it was stated or submitted. */
  payment?: Record<string, unknown>;
}

/** The bank's answer: its JSON text as it came. */
export interface Resource {
  status: number;
  body: string;
}

/** A value, or why there is none: tell them apart by `code`. */
export type Result<T> = (T & { code?: never }) | Problem;

/** Backends' door. */
export class TellConnect extends WorkerEntrypoint<Env> {
  /** What this door is under: a worker's own door knows its worker. */
  protected configured(): Configured {
    return only();
  }

  /** Asks for a consent. The one that it is to replace stays in force until it is connected (CON-1). */
  authorise(options: AuthoriseOptions): Promise<Result<Authorised>> {
    return this.#told(async (configuration) => {
      const { customer, payment, ...rest } = options;
      const known = customer === undefined ? undefined : customers(this.env, configuration)(Backend.customerName(customer));
      const renews = options.scope === 'aisp' && known !== undefined && (await known.consents()).length > 0;
      const stated = typeof payment === 'object' ? JSON.stringify(payment) : payment;
      using backend = new Backend(configuration.settings);
      const begun = backend.begin({ ...rest, customer, payment: stated, renews });
      if (begun.type === 'problem') return begun.problem;
      if (begun.check !== undefined) {
        const said = await orders(this.env, configuration)(begun.check.order).ask({ type: 'checked', digest: begun.check.digest });
        if (said.problem !== undefined) return said.problem;
      }
      // Before the bank is asked: what is begun for a customer is found as theirs.
      await known?.add(begun.consent, options.scope, options.application ?? '');
      const reply = await consents(this.env, configuration)(begun.of).ask(begun.wish);
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
    return this.#told(async (configuration) => {
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
  resource(consent: string, { path, userIp }: { path: string; userIp?: string }): Promise<Result<Resource>> {
    return this.#of(consent, async (vault) => {
      const reply = await vault.ask({ type: 'wanted', method: 'GET', path, ...visitorOf(userIp) });
      if (reply.kind !== 'passed') return problemIn(reply);
      const { status, body } = reply.answer;
      return { status, body: await new Response(body).text() };
    });
  }

  /** Submits the payment, or tells what became of it (PAY-4). */
  pay(
    consent: string,
    { payment, order, userIp }: { payment?: object | string; order?: string; userIp?: string } = {},
  ): Promise<Result<Payment & { isFirst: boolean }>> {
    const text = typeof payment === 'object' ? JSON.stringify(payment) : payment;
    return this.#of(consent, async (vault) => {
      const reply = await vault.ask({ type: 'pay', ...(text !== undefined && { body: `{"payment":${text}}` }), ...(order !== undefined && { key: order }), ...visitorOf(userIp) });
      return reply.kind === 'payment' ? { isFirst: reply.isFirst, ...(JSON.parse(reply.body) as Payment) } : problemIn(reply);
    });
  }

  /** How far the payment is (PAY-3). */
  payment(consent: string, { userIp }: { userIp?: string } = {}): Promise<Result<Payment>> {
    return this.#of(consent, async (vault) => {
      const reply = await vault.ask({ type: 'payment', ...visitorOf(userIp) });
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
    return this.#told(async ({ settings }) => {
      const cookie = typeof request === 'string' ? request : (request.headers.get('Cookie') ?? '');
      using backend = new Backend(settings);
      const named = backend.held(cookiesIn(cookie), scope, Date.now());
      return named === undefined ? problem('consent_not_found') : { consent: named.consent };
    });
  }

  /** The consents that this one replaces make room (CON-1). */
  async #replaceFormer(customer: string, consent: string, configuration: Configuration): Promise<void> {
    const former = await customers(this.env, configuration)(Backend.customerName(customer)).connected(consent);
    using backend = new Backend(configuration.settings);
    const named = former.map((handle) => backend.open(handle)).filter((found): found is BackendConsent => found !== undefined);
    await Promise.all(named.map(({ of }) => consents(this.env, configuration)(of).ask({ type: 'replaced' })));
  }

  #of<T>(consent: string, ask: (vault: Vault) => Promise<Result<T>>): Promise<Result<T>> {
    return this.#told(async (configuration) => {
      using backend = new Backend(configuration.settings);
      const named = backend.open(consent);
      return named === undefined ? problem('consent_not_found') : ask(consents(this.env, configuration)(named.of));
    });
  }

  /** What is thrown on the way is told as a value. */
  async #told<T>(act: (configuration: Configuration) => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await act(this.configured().read(this.env));
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

const problemIn = (reply: Reply): Problem => (reply.kind === 'failed' ? reply.problem : problem('internal'));

