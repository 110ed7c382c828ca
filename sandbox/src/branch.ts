import { type Bases, DEFAULT_BASES } from './bases.ts';
import { ConsentList, type ConsentQuery } from './consents.ts';
import type { Cut } from './cut.ts';
import type { Intent } from './desk.ts';
import { Directory } from './directory.ts';
import { FaultPlan } from './fault-plan.ts';
import { type Gateway, createGateway } from './gateway.ts';
import { Journal } from './journal/journal.ts';
import { KeptValues } from './kept.ts';
import { keepClock } from './kept-clock.ts';
import { Ledger } from './ledger.ts';
import type { Recorder } from './record.ts';
import { Register } from './register.ts';
import { type Service, serve } from './serve.ts';
import type { Configuration } from './settings.ts';
import type { Sql } from './sql.ts';

export interface BranchOptions {
  configuration: Configuration;
  /** Where its books lie. */
  sql: Sql;
  /** Another place for what both environments share: who has registered. In the same books otherwise. */
  register?: Register;
  bases?: Bases;
  /** For tests, which want every call whole. */
  record?: Recorder;
  /** Breaks an answer off, where `Response.error()` cannot. */
  cut?: Cut;
}

/** One environment's gateway with all that it keeps; whatever hosts it hands it requests and the true time. */
export class Branch {
  readonly configuration: Configuration;
  readonly bases: Bases;
  readonly ledger: Ledger;
  readonly register: Register;
  readonly directory: Directory | undefined;
  readonly journal: Journal;
  readonly kept: KeptValues;
  readonly plan: FaultPlan;
  readonly #consents: ConsentList;
  /** The other environment's, where one host has both: the portal of either shows the two. */
  other: Branch | undefined;
  /** Where it is reached, without a `/` at its end; nothing while nobody has said. */
  address: string | undefined;
  readonly #gateway: Gateway;
  readonly #record: Recorder | undefined;
  readonly #cut: Cut | undefined;

  constructor({ configuration, sql, register = new Register(sql), bases = DEFAULT_BASES, record, cut }: BranchOptions) {
    this.configuration = configuration;
    this.bases = bases;
    this.ledger = new Ledger(sql);
    this.register = register;
    this.journal = new Journal(sql);
    this.kept = new KeptValues(sql);
    this.#consents = new ConsentList(sql);
    this.plan = new FaultPlan(this.kept, 'settings' in configuration ? configuration.settings.faults : []);
    this.#gateway = createGateway(bases);
    this.#record = record;
    this.#cut = cut;
    if ('settings' in configuration) {
      this.directory = new Directory(configuration.settings, register);
      keepClock(configuration.settings.clock, this.kept);
    }
  }

  /** Beside the other environment's. */
  stand(other: Branch): void {
    this.other = other;
    other.other = this;
  }

  /** Those that are asked for, the newest first. */
  intents(query: ConsentQuery): Intent[] {
    return this.#consents.ids(query).map((id) => this.ledger.find(id)).filter((intent) => intent !== null);
  }

  /** @param now milliseconds since 1970 on the true clock */
  serve(request: Request, now: number): Promise<Response> {
    const service: Service = {
      gateway: this.#gateway,
      bases: this.bases,
      plan: this.plan,
      journal: this.journal,
      consentOf: (hash) => this.ledger.consentOf(hash),
      ...(this.#record !== undefined && { record: this.#record }),
    };
    return serve(service, request, {
      configuration: this.configuration,
      desk: this.ledger,
      branch: this,
      now,
      ...(this.directory !== undefined && { directory: this.directory }),
      ...(this.#cut !== undefined && { cut: this.#cut }),
    });
  }
}
