import type { Account } from './accounts.ts';
import { BUSY } from './people/busy.ts';
import { EMPTY } from './people/empty.ts';
import { FOREIGN } from './people/foreign.ts';
import { HEAVY } from './people/heavy.ts';
import { OVERDRAWN } from './people/overdrawn.ts';
import { USUAL } from './people/usual.ts';
import { YOUNG } from './people/young.ts';
import type { Holding, Persona, PersonaName } from './persona.ts';

/** Everybody who has an account at this bank. */
const BY_NAME: Readonly<Record<PersonaName, Persona>> = {
  usual: USUAL,
  young: YOUNG,
  busy: BUSY,
  overdrawn: OVERDRAWN,
  foreign: FOREIGN,
  empty: EMPTY,
  heavy: HEAVY,
};

export const PEOPLE: readonly Persona[] = Object.values(BY_NAME);

const HOLDINGS: ReadonlyMap<string, Holding & { holder: Persona }> = new Map(
  PEOPLE.flatMap((holder) =>
    holder.holdings.map((holding) => [holding.account.AccountId, { ...holding, holder }] as const),
  ),
);

export function personaNamed(name: PersonaName): Persona {
  return BY_NAME[name];
}

/** Who stands behind a consent; the usual one in books of a version that knew no other. */
export function granterOf({ persona }: { persona: PersonaName | null }): Persona {
  return personaNamed(persona ?? 'usual');
}

export function isPersonaName(text: string): text is PersonaName {
  return Object.hasOwn(BY_NAME, text);
}

export function accountsOf({ holdings }: Persona): readonly Account[] {
  return holdings.map(({ account }) => account);
}

/** Of this person alone: nobody reads or pays from another's account. */
export function findAccount(persona: Persona, id: string): Account | undefined {
  const holding = HOLDINGS.get(id);
  return holding?.holder.name === persona.name ? holding.account : undefined;
}

export function holderOf(accountId: string): Persona | undefined {
  return HOLDINGS.get(accountId)?.holder;
}

export function holdingOf({ AccountId }: Account): Holding | undefined {
  return HOLDINGS.get(AccountId);
}
