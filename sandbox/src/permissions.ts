import { Refusal, invalidRequest, quoted } from './refusal.ts';

/** What a consent for account information can permit, by the resource under an account; `accounts` is the account. */
const BY_RESOURCE = {
  accounts: 'accounts:read',
  balance: 'balance:read',
  transactions: 'transactions:read',
  beneficiaries: 'beneficiaries:read',
  'direct-debits': 'direct-debits:read',
  'standing-orders': 'standing-orders:read',
  'scheduled-payments': 'scheduled-payments:read',
  product: 'product:read',
} as const;

export type Permission = (typeof BY_RESOURCE)[keyof typeof BY_RESOURCE];

export const PERMISSIONS: readonly Permission[] = Object.values(BY_RESOURCE);

/** Nothing for a resource that no permission names. */
export function permissionFor(resource: string | undefined): Permission | undefined {
  const name = resource ?? 'accounts';
  return Object.hasOwn(BY_RESOURCE, name) ? BY_RESOURCE[name as keyof typeof BY_RESOURCE] : undefined;
}

/** In the order of the table; null stands for a consent that was not narrowed, and permits all. */
export function readPermissions(names: readonly string[]): readonly Permission[] | null {
  const unknown = names.find((name) => !(PERMISSIONS as readonly string[]).includes(name));
  if (unknown !== undefined) {
    const description = `The permission ${quoted(unknown)} is none of ${PERMISSIONS.join(', ')}.`;
    throw invalidRequest('AUT-4', description, { expected: 'a known permission', came: quoted(unknown) });
  }
  if (names.length === 0) {
    const told = { expected: 'one permission or more', came: 'none' };
    throw invalidRequest('AUT-4', 'No permission was chosen; choose one, or decline.', told);
  }
  const chosen = PERMISSIONS.filter((permission) => names.includes(permission));
  return chosen.length === PERMISSIONS.length ? null : chosen;
}

export function checkPermitted(resource: string | undefined, permitted: readonly Permission[] | null): void {
  const needed = permissionFor(resource);
  if (needed === undefined || permitted === null || permitted.includes(needed)) return;
  const description = `The consent lacks the permission "${needed}"; ask for a consent that has it.`;
  const told = { expected: needed, came: permitted.join(', ') };
  throw new Refusal(403, 'insufficient_scope', description, { rule: 'ACC-3', blameless: true, ...told });
}
