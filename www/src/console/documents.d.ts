declare module 'virtual:consent' {
  /** The states of docs/consent.md, each with what holds in it. */
  export const STATES: Readonly<Record<string, string>>;
  /** The edges of its diagram, in their order; `[*]` is where nothing is kept. */
  export const EDGES: readonly (readonly [from: string, to: string, words: string])[];
}
