/// <reference lib="esnext.disposable" preserve="true" />
import * as glue from '../../generated/machine/tell_connect_bg.js';
import {
  type BackendCall, type BackendConsent, type BackendStep, type ConsentState, type Cookies, LIMITS,
  type ProblemCode, type Scope,
} from '../generated/core.js';
import { Held } from '../server/held.js';
import { allOf, member, members, number, optionalText, text, tooLarge, wrongOption } from '../take.js';
import { machine } from './instance.js';
import { COOKIES } from './visit.js';
import { Settings } from './settings.js';

const CALL = allOf<keyof BackendCall>()(['scope', 'application', 'customer', 'payment', 'order']);

/** More consents than any customer has. */
const MOST = 1000;

/** A list of states, of no more than there can be. */
function statesOf(list: unknown): string[] {
  const length = member(list, 'length');
  if (typeof length !== 'number') throw wrongOption('former');
  if (length > MOST) throw tooLarge();
  return Array.from({ length }, (_, at) => text(member(list, String(at)), 'former', LIMITS.text));
}

/** A backend's calls: what begins, which consent a redirect or a handle is of. */
export class Backend {
  readonly #held: Held<glue.Backend>;

  /** @throws {TellConnectError} `invalid_argument` */
  constructor(settings: Settings) {
    const raw = Settings.raw(settings);
    this.#held = new Held(machine, () => new glue.Backend(raw), true);
  }

  /** @throws {TellConnectError} `too_large`, `invalid_argument`, `randomness_unavailable` */
  begin(call: BackendCall): BackendStep {
    const plain = members(call, CALL, LIMITS.text);
    return this.#held.use((raw) => raw.begin(plain)) as BackendStep;
  }

  /** Why it may start no payment; `undefined` where it may. */
  refusal(): ProblemCode | undefined {
    return this.#held.use((raw) => raw.refusal()) as ProblemCode | undefined;
  }

  /** The consents that a redirect can be of, the likeliest first. @throws {TellConnectError} what is wrong with the redirect */
  returned(url: string): BackendConsent[] {
    const own = text(url, 'url', LIMITS.url);
    return this.#held.use((raw) => raw.returned(own)) as BackendConsent[];
  }

  /** The consent of a handle; `undefined` for one that was not made here. */
  open(handle: string): BackendConsent | undefined {
    const own = text(handle, 'consent', LIMITS.text);
    return this.#held.use((raw) => raw.open(own)) as BackendConsent | undefined;
  }

  /** The consent that a browser holds. @param now in milliseconds since 1970 */
  held(cookies: Cookies, scope: Scope, now: number): BackendConsent | undefined {
    const [plain, own, at] = [members(cookies, COOKIES, LIMITS.text), text(scope, 'scope', LIMITS.text), number(now)];
    return this.#held.use((raw) => raw.held(plain, own, at)) as BackendConsent | undefined;
  }

  /** Whether a consent renews another, whose states these are. @throws {TellConnectError} `invalid_argument` */
  static renews(former: readonly ConsentState[]): boolean {
    const own = statesOf(former);
    return machine.use(() => glue.Backend.renews(own));
  }

  /** The name of a customer's object. @throws {TellConnectError} `invalid_argument` */
  static customerName(name: string): string {
    const own = text(name, 'customer', LIMITS.text);
    return machine.use(() => glue.Backend.customerName(own));
  }

  /** Lets it go at once, where the garbage collector would do so some time. */
  free(): void {
    this.#held.free();
  }

  /** For `using`. */
  [Symbol.dispose](): void {
    this.free();
  }
}

/** A customer's consents, by their handles. */
export class Customer {
  readonly #held: Held<glue.Customer>;

  /** @throws {TellConnectError} `snapshot_damaged`, `snapshot_version_unknown`, `too_large` */
  constructor(snapshot?: string | null) {
    const kept = optionalText(snapshot, 'snapshot', LIMITS.customer);
    this.#held = new Held(machine, () => new glue.Customer(kept), false);
  }

  /** What is to be kept. */
  snapshot(): string {
    return this.#held.use((raw) => raw.snapshot());
  }

  /** The oldest first. */
  consents(): string[] {
    return this.#held.use((raw) => raw.consents());
  }

  /** One more was asked for. @throws {TellConnectError} `scope_invalid` */
  add(consent: string, scope: Scope, application: string): void {
    const [own, of, by] = [consent, scope, application].map((part) => text(part, 'consent', LIMITS.text)) as [string, string, string];
    this.#held.use((raw) => raw.add(own, of, by));
  }

  /** Those that one replaces once it is connected. */
  former(consent: string): string[] {
    const own = text(consent, 'consent', LIMITS.text);
    return this.#held.use((raw) => raw.former(own));
  }

  /** One is gone. Whether that is news. */
  remove(consent: string): boolean {
    const own = text(consent, 'consent', LIMITS.text);
    return this.#held.use((raw) => raw.remove(own));
  }

  /** Lets it go at once, where the garbage collector would do so some time. */
  free(): void {
    this.#held.free();
  }

  /** For `using`. */
  [Symbol.dispose](): void {
    this.free();
  }
}
