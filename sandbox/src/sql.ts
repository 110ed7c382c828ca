export type Value = string | number | null;
export type Row = Record<string, unknown>;

/** The part of a Durable Object's SQL storage that the books need. */
export interface Sql {
  exec(query: string, ...bindings: Value[]): { toArray(): Row[] };
}
