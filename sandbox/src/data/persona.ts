import type { Account } from './accounts.ts';
import type { Habit } from './habits.ts';

/** The first is whom the person at the bank is where nobody chooses. */
export const PERSONA_NAMES = ['usual', 'young', 'busy', 'overdrawn', 'foreign', 'empty', 'heavy'] as const;
export type PersonaName = (typeof PERSONA_NAMES)[number];

/** A person at the bank, with all that is known of them. */
export interface Persona {
  name: PersonaName;
  person: string;
  /** One line for whoever chooses. */
  summary: string;
  holdings: readonly Holding[];
}

/** An account and what happens on it. Amounts are in the smallest unit of its currency. */
export interface Holding {
  account: Account;
  opening: number;
  habits: readonly Habit[];
  arrangements: Arrangements;
}

export interface DirectDebit {
  name: string;
  minor: number;
  dayOfMonth: number;
}

export interface StandingOrder extends DirectDebit {
  identification: string;
}

/** Whom an account pays and will pay. Names and amounts are those of its habits. */
export interface Arrangements {
  beneficiaries?: readonly { name: string; identification: string; reference: string }[];
  directDebits?: readonly DirectDebit[];
  standingOrders?: readonly StandingOrder[];
  scheduled?: readonly { name: string; identification: string; minor: number; inDays: number }[];
}
