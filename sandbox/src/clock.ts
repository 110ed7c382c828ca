/** How a clock is set, as it can be kept. */
export interface ClockState {
  /** How far it runs ahead of the true one, or behind when below zero. */
  offsetSeconds: number;
  /** What it shows while it stands, in milliseconds since 1970; null while it runs. */
  stoppedAt: number | null;
}

/** The bank's clock, by which codes, tokens and consents age. It can be set ahead of the true one or back, and stop. */
export class Clock {
  #state: ClockState;
  /** Is called after each change. */
  onChange: () => void = () => undefined;

  constructor(offsetSeconds = 0) {
    this.#state = { offsetSeconds, stoppedAt: null };
  }

  get offsetSeconds(): number {
    return this.#state.offsetSeconds;
  }

  set offsetSeconds(seconds: number) {
    this.state = { ...this.#state, offsetSeconds: seconds };
  }

  get isStopped(): boolean {
    return this.#state.stoppedAt !== null;
  }

  get state(): ClockState {
    return this.#state;
  }

  set state(state: ClockState) {
    this.#state = { ...state };
    this.onChange();
  }

  /** What this clock shows at a moment of the true one, both in milliseconds since 1970. */
  at(now: number): number {
    return this.#state.stoppedAt ?? now + this.#state.offsetSeconds * 1000;
  }

  advance(seconds: number): void {
    const { offsetSeconds, stoppedAt } = this.#state;
    this.state = {
      offsetSeconds: offsetSeconds + seconds,
      stoppedAt: stoppedAt === null ? null : stoppedAt + seconds * 1000,
    };
  }

  /** It shows `time` from now on, and stands there if it stood. */
  set(time: number, now = Date.now()): void {
    this.state = { offsetSeconds: (time - now) / 1000, stoppedAt: this.isStopped ? time : null };
  }

  stop(now = Date.now()): void {
    this.state = { ...this.#state, stoppedAt: this.at(now) };
  }

  /** Goes on from what it shows. */
  run(now = Date.now()): void {
    const { stoppedAt } = this.#state;
    if (stoppedAt !== null) this.state = { offsetSeconds: (stoppedAt - now) / 1000, stoppedAt: null };
  }

  /** Back to the true time. */
  reset(): void {
    this.state = { offsetSeconds: 0, stoppedAt: null };
  }
}
