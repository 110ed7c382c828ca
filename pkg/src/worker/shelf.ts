// Where an object keeps its one snapshot, sealed, and its alarm.
import type { Seal } from './seal.js';

export class Shelf {
  readonly #state: DurableObjectState;
  readonly #name: string;

  constructor(state: DurableObjectState, name: string) {
    this.#state = state;
    this.#name = name;
  }

  /** The snapshot as it is kept; `undefined` where there is none. */
  sealed(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#state.storage.get<Uint8Array<ArrayBuffer>>(this.#name);
  }

  open(sealed: Uint8Array<ArrayBuffer>, seal: Seal): Promise<string> {
    return seal.open(sealed, this.#state.id.toString());
  }

  /** Durable once this is done. */
  async keep(snapshot: string, seal: Seal): Promise<void> {
    await this.#state.storage.put(this.#name, await seal.seal(snapshot, this.#state.id.toString()));
    await this.#state.storage.sync();
  }

  async wake(at: number | undefined): Promise<void> {
    if (at !== undefined) return this.#state.storage.setAlarm(at);
    // Where none is set nothing is deleted: that would make an erased object's storage anew.
    if (await this.#state.storage.getAlarm() !== null) await this.#state.storage.deleteAlarm();
  }

  /** The alarm first: with an older compatibility date `deleteAll` leaves it, and its table with it. */
  async erase(): Promise<void> {
    await this.#state.storage.deleteAlarm();
    await this.#state.storage.deleteAll();
  }
}
