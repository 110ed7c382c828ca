/** The guide's own permissions. A bank that grants these four, and says no more, has narrowed nothing (ACC-3). */
const USUAL = ['accounts', 'balance', 'product', 'beneficiaries'];

const plain = (name: string): string => name.replace(/s$/, '');

/**
 * Whether what was granted has a resource in it: `direct-debits:read`, with an `s` or without. Where the bank names no
 * permissions, or in words that are none of these, it is asked.
 */
export function permits(granted: readonly string[], resource: string): boolean {
  const subjects = granted.flatMap((permission) => /^([a-z-]+):read$/.exec(permission)?.[1] ?? []).map(plain);
  if (subjects.length === 0 || subjects.includes(plain(resource))) return true;
  const isUsual = subjects.length === USUAL.length && USUAL.every((name) => subjects.includes(plain(name)));
  return isUsual && !USUAL.includes(resource);
}
