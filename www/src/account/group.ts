import type { Transaction, Unknown } from './rows.ts';

/** What stands under one heading. */
export interface Group {
  /** A day such as `2026-11-28`, or what is of none. */
  of: string | 'pending' | 'undated' | 'unknown';
  items: (Transaction | Unknown)[];
}

function headingOf(item: Transaction | Unknown): Group['of'] {
  if (item.kind === 'unknown') return 'unknown';
  if (item.pending) return 'pending';
  return item.moment?.day ?? 'undated';
}

const LAST = ['undated', 'unknown'];

function compareHeadings(a: string, b: string): number {
  const rank = (of: string): number => (of === 'pending' ? 0 : 1 + (LAST.indexOf(of) + 1));
  return rank(a) - rank(b) || (a < b ? 1 : Number(a > b) * -1);
}

const momentOf = (item: Transaction | Unknown): number => (item.kind === 'unknown' ? 0 : (item.moment?.at ?? 0));

/** Pending ones first, then day by day, the newest first; of one moment, in the bank's order. */
export function groupByDay(items: readonly (Transaction | Unknown)[]): Group[] {
  return [...Map.groupBy(items, headingOf)]
    .map(([of, group]) => ({ of, items: group.sort((a, b) => momentOf(b) - momentOf(a)) }))
    .sort((a, b) => compareHeadings(a.of, b.of));
}

/** The first so many items, under their headings. */
export function firstOf(groups: readonly Group[], many: number): Group[] {
  let left = many;
  return groups.flatMap(({ of, items }) => {
    const some = items.slice(0, left);
    left -= some.length;
    return some.length === 0 ? [] : [{ of, items: some }];
  });
}
