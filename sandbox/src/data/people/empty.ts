import { account } from '../accounts.ts';
import type { Persona } from '../persona.ts';

export const EMPTY: Persona = {
  name: 'empty',
  person: 'Drew Sample',
  summary: 'A new account with nothing in it: no transactions, nobody to pay',
  holdings: [
    {
      account: account('44000440', 'CurrentAccount', 'New account', 'Drew Sample'),
      opening: 0,
      habits: [],
      arrangements: {},
    },
  ],
};
