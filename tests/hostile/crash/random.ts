/** Mulberry32: small, seeded, and good enough to choose moments with. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Like a deck of cards: in chance order, and none comes twice before each has come once. */
export function* shuffled<T>(values: readonly T[], next: () => number): Generator<T, never> {
  for (;;) {
    const deck = [...values];
    while (deck.length > 0) yield deck.splice(Math.floor(next() * deck.length), 1)[0] as T;
  }
}
