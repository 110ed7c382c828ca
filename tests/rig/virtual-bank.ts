/**
 * The sandbox gateway's own app behind `fetch`, in process and on a virtual clock. It counts what it is asked by day,
 * and holds each request without the customer against the four in 24 hours (ACC-2), as the sandbox itself does.
 */

import { DatabaseSync } from 'node:sqlite';
import type { Fault, Scene } from 'tell-connect-sandbox/faults';
import { ASPSP } from 'tell-connect-sandbox/node';
import { DEFAULT_BASES } from '../../sandbox/src/bases.ts';
import { createGateway } from '../../sandbox/src/gateway.ts';
import { breakOff } from '../../sandbox/src/cut.ts';
import { Ledger } from '../../sandbox/src/ledger.ts';
import { sqlOf } from '../../sandbox/src/node/sql.ts';
import { readSettings } from '../../sandbox/src/settings.ts';
import type { VirtualClock } from './virtual-clock.ts';
import { current } from './virtual-objects.ts';

export const DAY = 86_400_000;
const ORIGIN = 'http://localhost:8788';
const LIMIT = 4;
/** How long an answer takes, in milliseconds. */
const [LEAST_MS, MOST_MS] = [40, 400];

export const CLIENT = { clientId: 'tpp-client', clientSecret: 'tpp-secret' };
export const APPLICATION = {
  app: 'app-1',
  certificate: '-----BEGIN CERTIFICATE-----\nVGVzdA==\n-----END CERTIFICATE-----\n',
  redirectUrl: 'http://localhost:8787/api/callback',
};
export const BASE_URL = ORIGIN + DEFAULT_BASES.auth;

/** What a bank is asked, an account's id left out. */
export type Counts = Record<string, number>;

export class VirtualBank {
  /** By day since 1970. */
  readonly byDay = new Map<number, Counts>();
  /** By the day on which a request left, since 1970: how many there were, and how many failed. */
  readonly bySent = new Map<number, { requests: number; failures: number }>();
  /** When each endpoint of each consent was asked without the customer, pages of a walk apart, by consent and path. */
  readonly unattended = new Map<string, number[]>();
  /** Those that came as a fifth in 24 hours. */
  readonly fifths: string[] = [];
  /** What the bank refused, by status and error. */
  readonly refused: Counts = {};
  /** Whether nobody is answered now. */
  isDown = false;
  /** What each call for an account's data meets. */
  fault: (() => Fault | undefined) | undefined;
  readonly ledger = new Ledger(sqlOf(new DatabaseSync(':memory:')));
  readonly #clock: VirtualClock;
  readonly #next: () => number;
  readonly #gateway = createGateway();
  readonly #configuration = readSettings({
    SANDBOX_CLIENT_ID: CLIENT.clientId,
    SANDBOX_CLIENT_SECRET: CLIENT.clientSecret,
    SANDBOX_ASPSP: ASPSP,
    SANDBOX_APPLICATIONS: JSON.stringify([APPLICATION]),
    SANDBOX_STRICT: 'true',
  });

  /** @param next chance, from 0 up to but not 1 */
  constructor(clock: VirtualClock, next: () => number) {
    this.#clock = clock;
    this.#next = next;
  }

  /** In place of the global one. */
  readonly fetch = (input: string, init: RequestInit = {}): Promise<Response> => {
    const { signal: _, ...rest } = init;
    const ask = (): Promise<Response> => this.#ask(new Request(input, rest));
    const cell = current();
    return cell === undefined ? ask() : cell.busy(ask);
  };

  /** The customer accepts at `location`: where their browser is sent back to. */
  async accept(location: string): Promise<string> {
    const body = new URLSearchParams({ decision: 'accept' });
    const answer = await this.#serve(new Request(location, { method: 'POST', body }));
    const back = answer.headers.get('location');
    if (back === null) throw new Error(`Nobody is sent back: ${answer.status}`);
    return back;
  }

  async #ask(request: Request): Promise<Response> {
    const day = Math.floor(this.#clock.now / DAY);
    const sent = this.bySent.get(day) ?? { requests: 0, failures: 0 };
    this.bySent.set(day, sent);
    sent.requests += 1;
    await this.#clock.wait(LEAST_MS + this.#next() * (MOST_MS - LEAST_MS));
    this.#count(request);
    const isForData = new URL(request.url).pathname.includes('/accounts');
    if (!this.isDown) return isForData ? this.#meet(request) : this.#serve(request);
    sent.failures += 1;
    return new Response('', { status: 503 });
  }

  readonly #scene: Scene = {
    cut: breakOff,
    withdraw: async () => this.ledger.withdrawAll(),
  };

  async #meet(request: Request): Promise<Response> {
    const fault = this.fault?.();
    const answer = (await fault?.onArrival?.(this.#scene)) ?? (await this.#answer(request, fault));
    if (answer.type === 'error') throw new TypeError('The connection was cut.');
    return answer;
  }

  async #answer(request: Request, fault: Fault | undefined): Promise<Response> {
    const own = await this.#serve(request);
    return (await fault?.onAnswer?.(own, this.#scene)) ?? own;
  }

  async #serve(request: Request): Promise<Response> {
    const answer = await this.#gateway.fetch(request, {
      configuration: this.#configuration, desk: this.ledger, now: this.#clock.now,
      observer: {
        issued: () => undefined,
        refused: ({ status, message }) => {
          const what = `${status} ${message}`;
          this.refused[what] = (this.refused[what] ?? 0) + 1;
        },
      },
    });
    return answer;
  }

  #count(request: Request): void {
    const { pathname, searchParams } = new URL(request.url);
    const path = pathname.slice(DEFAULT_BASES.resource.length);
    const isPage = searchParams.has('page');
    const what = path.replace(/^\/accounts\/[^/]+/, '/accounts/*') + (isPage ? ' further pages' : '');
    const day = Math.floor(this.#clock.now / DAY);
    const counts = this.byDay.get(day) ?? {};
    this.byDay.set(day, counts);
    counts[what] = (counts[what] ?? 0) + 1;
    if (!path.startsWith('/accounts') || isPage || request.headers.has('x-user-ip')) return;
    const key = `${current()?.id.hex} ${path}`;
    const times = this.unattended.get(key) ?? [];
    this.unattended.set(key, times);
    times.push(this.#clock.now);
    const blocking = times.at(-1 - LIMIT);
    if (blocking !== undefined && this.#clock.now - blocking < DAY) this.fifths.push(key);
  }
}
