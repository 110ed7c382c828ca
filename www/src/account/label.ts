import type { Account, Unknown } from './rows.ts';

/** What an account is called where nothing else says which is meant: two of one name are told apart by their numbers. */
export function labelOf({ name, details }: Account, all: readonly (Account | Unknown)[]): string {
  const label = /\baccount$/i.test(name) ? name : `${name} account`;
  const isAlone = all.filter((other) => other.kind === 'account' && other.name === name).length < 2;
  return isAlone ? label : [label, ...details].join(', ');
}
