export type Value = string | number | null | Uint8Array;
export type Row = Record<string, unknown>;

/** The part of a Durable Object's SQL storage that the books need. A column of bytes comes as a view or a buffer. */
export interface Sql {
  exec(query: string, ...bindings: Value[]): { toArray(): Row[] };
}
