import type { Shape } from './shape.ts';

/** JSON as it will be sent: an item may be written as no serialiser would. */
export interface Item {
  readonly text: string;
  /** Milliseconds since 1970, of what has a booking date to be filtered by. */
  bookedAt?: number;
}

export interface Listing {
  /** The member that holds the list; null where the answer is the one item itself. */
  member: Readonly<Record<Shape, string | null>>;
  items: readonly Item[];
}

export interface Links {
  self: string;
  /** The URL of the page that follows. */
  next?: string;
}

/** The text of an answer with one page of a listing. */
export function answerText(
  { member, items }: Listing,
  shape: Shape,
  { links: { self, next }, totalPages }: { links: Links; totalPages: number },
): string {
  const name = member[shape];
  if (name === null) return items[0]?.text ?? '{}';
  const list = `${JSON.stringify(name)}:[${items.map(({ text }) => text).join(',')}]`;
  const links = `"Links":${JSON.stringify({ Self: self, ...(next !== undefined && { Next: next }) })}`;
  if (shape === 'tell') return `{${list},${links}}`;
  return `{"Data":{${list}},${links},"Meta":${JSON.stringify({ TotalPages: totalPages })}}`;
}
