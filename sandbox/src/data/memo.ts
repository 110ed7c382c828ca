/** What was made last, by name, as long as it does not weigh too much together. */
export class Memo<T> {
  readonly #kept = new Map<string, T>();
  readonly #most: number;
  readonly #weigh: (made: T) => number;
  #weight = 0;

  constructor(most: number, weigh: (made: T) => number = () => 1) {
    this.#most = most;
    this.#weigh = weigh;
  }

  get(name: string, make: () => T): T {
    const known = this.#kept.get(name);
    const made = known ?? make();
    // What was asked for last stands last.
    this.#kept.delete(name);
    this.#kept.set(name, made);
    if (known === undefined) this.#weight += this.#weigh(made);
    for (const [oldest, left] of this.#kept) {
      if (this.#weight <= this.#most || oldest === name) break;
      this.#kept.delete(oldest);
      this.#weight -= this.#weigh(left);
    }
    return made;
  }
}
