import { formatMoment } from './dates.ts';
import { el } from './dom.ts';
import { asObject, asText, asTextOrNumber } from './read.ts';

/** How often the bank may be asked without the customer (ACC-2). */
export interface Budget {
  limit: string;
  hours: string;
  endpoints: Endpoint[];
}

export interface Endpoint {
  path: string;
  left: string;
  nextAt: string | undefined;
  lastAt: string | undefined;
}

/** What the worker tells of it; `undefined` where it tells nothing. */
export function readBudget(answer: unknown): Budget | undefined {
  const budget = asObject(answer);
  const [limit, hours, endpoints] = [asTextOrNumber(budget?.['limit']), asTextOrNumber(budget?.['hours']), budget?.['endpoints']];
  if (limit === undefined || hours === undefined || !Array.isArray(endpoints)) return undefined;
  return { limit, hours, endpoints: endpoints.flatMap(readEndpoint) };
}

function readEndpoint(answer: unknown): Endpoint[] {
  const endpoint = asObject(answer);
  const [path, left] = [asText(endpoint?.['endpoint']), asTextOrNumber(endpoint?.['left'])];
  if (path === undefined || left === undefined) return [];
  return [{ path, left, nextAt: asText(endpoint?.['nextAt']), lastAt: asText(endpoint?.['lastAt']) }];
}

/** When anything of an account was last read without the customer; `undefined` where nothing was of late. */
export function lastReadWithoutYou({ endpoints }: Budget, account: string): string | undefined {
  const own = endpoints.filter(({ path }) => path === `/accounts/${account}` || path.startsWith(`/accounts/${account}/`));
  return own.flatMap(({ lastAt }) => lastAt ?? []).sort().at(-1);
}

const when = (label: string, iso: string | undefined): HTMLElement[] =>
  iso === undefined ? [] : [el('span', {}, label, el('time', { datetime: iso }, formatMoment(iso)))];

/** What is read while the customer is away: each endpoint, how often it still may be, and when there is one more. */
export function budgetView({ limit, hours, endpoints }: Budget): HTMLElement[] {
  if (endpoints.length === 0) return [];
  const items = endpoints.map(({ path, left, nextAt, lastAt }) =>
    el(
      'li',
      {},
      el('code', {}, path),
      el('span', { class: 'budget-left' }, `${left} of ${limit} left`),
      ...when('Last ', lastAt),
      ...when('One more ', nextAt),
    ),
  );
  const rule = `Your bank answers this site ${limit} times in ${hours} hours while you are away, for each of these alone.`;
  return [
    el(
      'details',
      { class: 'budget', 'data-testid': 'budget' },
      el('summary', {}, 'Read while you were away'),
      el('p', { class: 'quiet' }, rule),
      el('ul', { class: 'budget-list' }, ...items),
    ),
  ];
}
