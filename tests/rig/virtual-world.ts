/**
 * The nearest to workerd in which a month passes within minutes: the package's own worker code, its classes and its
 * wasm, with Durable Objects in memory, a queue, and the sandbox's bank, all on one virtual clock.
 */

import type { Profile } from 'tell-connect/edge';
import type { SweepPlan, SweepResult, TellConnect } from 'tell-connect/worker';
import { ASPSP } from 'tell-connect-sandbox/node';
import { random } from '../hostile/crash/random.ts';
import { value } from './host.ts';
import { APPLICATION, BASE_URL, CLIENT, VirtualBank } from './virtual-bank.ts';
import { VirtualClock } from './virtual-clock.ts';
import { workerCode } from './virtual-modules.ts';
import { Objects, type State } from './virtual-objects.ts';
import { VirtualQueue } from './virtual-queue.ts';

/** One alarm in thirty is late, by up to ten minutes. */
const LATE = { share: 1 / 30, most: 600_000 };

type Constructor = new (ctx: never, env: never) => object;

export interface VirtualOptions {
  seed: number;
  /** When it begins, in milliseconds since 1970. */
  began: number;
  profile?: Profile;
  /** Takes what sweeps bring, from the queue. */
  take(result: SweepResult): void | Promise<void>;
}

export class VirtualWorld implements Disposable {
  readonly clock: VirtualClock;
  readonly bank: VirtualBank;
  readonly consents: Objects;
  readonly statistics: Objects;
  readonly queue: VirtualQueue<SweepResult>;
  readonly tell: TellConnect;

  private constructor({ seed, began, profile, take }: VirtualOptions, code: Awaited<ReturnType<typeof workerCode>>) {
    const next = random(seed);
    this.clock = new VirtualClock(began).install();
    this.bank = new VirtualBank(this.clock, next);
    this.clock.replace(globalThis, 'fetch', this.bank.fetch);
    // When a consent asks is drawn by chance: this seed's, so that what a run shows it shows again.
    const drawn = random(~seed);
    this.clock.replace(crypto, 'getRandomValues', (bytes: Uint8Array) => {
      bytes.forEach((_, at) => (bytes[at] = drawn() * 256));
      return bytes;
    });
    this.queue = new VirtualQueue(this.clock, next, take);
    // The settings are not known here: what is said of them at start is of no use.
    const { error } = console;
    console.error = () => undefined;
    const worker = code.createWorker(profile === undefined ? {} : { profile });
    console.error = error;
    const env = {
      TELL_ENVIRONMENT: 'sandbox',
      TELL_ASPSP: ASPSP,
      TELL_APP: APPLICATION.app,
      TELL_CERTIFICATE: APPLICATION.certificate,
      TELL_REDIRECT_URL: APPLICATION.redirectUrl,
      TELL_CLIENT_ID: CLIENT.clientId,
      TELL_CLIENT_SECRET: CLIENT.clientSecret,
      TELL_VAULT_KEY: Buffer.alloc(32, 'vault-key').toString('base64'),
      TELL_AUTH_BASE_URL: BASE_URL,
      TELL_RESOURCE_BASE_URL: BASE_URL,
      TELL_AUDIT: 'queue',
      TELL_AUDIT_QUEUE: { send: async () => undefined },
      TELL_RESULTS: this.queue,
    };
    const made = (type: Constructor) => (state: State): object => new type(state as never, env as never);
    const late = (): number => (next() < LATE.share ? next() * LATE.most : 0);
    this.consents = new Objects(this.clock, made(worker.ConsentVault), late);
    this.statistics = new Objects(this.clock, made(code.StatisticsVault), late);
    const customers = new Objects(this.clock, made(worker.CustomerVault));
    Object.assign(env, { CONSENTS: this.consents, CUSTOMERS: customers, STATISTICS: this.statistics });
    this.tell = made(worker.TellConnect)(undefined as never) as TellConnect;
  }

  static async begin(options: VirtualOptions): Promise<VirtualWorld> {
    return new VirtualWorld(options, await workerCode());
  }

  /** A customer connects at their bank, and what is to be known of them is planned. What to call the consent by. */
  async connect(customer: string, plan: SweepPlan): Promise<{ consent: string; uuid: string }> {
    const begun = value(await this.tell.authorise({ scope: 'aisp', customer }));
    value(await this.tell.callback(await this.bank.accept(begun.location)));
    value(await this.tell.plan(begun.consent, plan));
    return begun;
  }

  [Symbol.dispose](): void {
    this.clock[Symbol.dispose]();
  }
}
