import { nextPage } from 'tell-connect/views';
import { asObject, asText } from '../read.ts';

/** Pages that are read in one go; whoever wants more says so. */
export const MOST_PAGES = 20;

/** A page of a bank's list, and how it goes on: by a query, at another address, or not at all. */
export interface Page {
  text: string;
  next: { query: string } | 'elsewhere' | undefined;
}

const originOf = (link: string): string | undefined => (link.startsWith('/') ? undefined : new URL(link).origin);

/**
 * Where a bank's list goes on. The link is the bank's word: of it the query alone is taken, and that of a link to the
 * same list alone; a request goes to this page's own server, wherever the link leads.
 */
export function nextOf(text: string, path: string): Page['next'] {
  const link = nextPage(text);
  if (link === undefined || !URL.canParse(link, 'http://bank.invalid')) return undefined;
  const { pathname, search } = new URL(link, 'http://bank.invalid');
  const self = asText(asObject(asObject(JSON.parse(text))?.['Links'])?.['Self']);
  const [own, other] = [self && URL.canParse(self) ? originOf(self) : undefined, originOf(link)];
  const isSame = pathname.endsWith(path) && search !== '' && (own === undefined || other === undefined || own === other);
  return isSame ? { query: search } : 'elsewhere';
}

/** Reads a list page by page, from the one that a query names; a bank that sends back to a page ends the walk. */
export async function* walk(
  read: (query: string) => Promise<string>,
  path: string,
  query = '',
): AsyncGenerator<Page, void, void> {
  const asked = new Set([query]);
  let at: string | undefined = query;
  while (at !== undefined) {
    const text: string = await read(at);
    const next: Page['next'] = nextOf(text, path);
    const goesOn: boolean = typeof next !== 'object' || !asked.has(next.query);
    yield { text, next: goesOn ? next : undefined };
    at = goesOn && typeof next === 'object' ? next.query : undefined;
    if (at !== undefined) asked.add(at);
  }
}
