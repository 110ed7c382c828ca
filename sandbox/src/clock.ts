/** The bank's clock, by which codes, tokens and consents age. It can be set ahead of the true one, or behind. */
export class Clock {
  offsetSeconds: number;

  constructor(offsetSeconds = 0) {
    this.offsetSeconds = offsetSeconds;
  }

  advance(seconds: number): void {
    this.offsetSeconds += seconds;
  }

  /** What this clock shows at a moment of the true one, both in milliseconds since 1970. */
  at(now: number): number {
    return now + this.offsetSeconds * 1000;
  }
}
