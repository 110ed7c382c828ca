import type { Case } from '../case.ts';
import { ACCOUNTS } from './accounts.ts';
import { AUTHORISATIONS } from './authorise.ts';
import { CREDENTIALS } from './credentials.ts';
import { EXPLAINED } from './explained.ts';
import { GATEWAY } from './gateway.ts';
import { PAYMENTS } from './payments.ts';
import { SIGNATURES } from './signature.ts';
import { TOKENS } from './tokens.ts';

/** By the file in this folder that holds them. */
export const CASES: Readonly<Record<string, readonly Case[]>> = {
  credentials: CREDENTIALS,
  signature: SIGNATURES,
  explained: EXPLAINED,
  authorise: AUTHORISATIONS,
  tokens: TOKENS,
  accounts: ACCOUNTS,
  payments: PAYMENTS,
  gateway: GATEWAY,
};

/** What a gateway cannot see on the wire, and why. */
export const UNSEEN: Readonly<Record<string, string>> = {
  'CFG-3': 'A setting of the TPP’s; a call to another address does not reach this gateway.',
  'BAS-2': 'A colon in the client id is read as the end of it: such credentials are unknown (BAS-1).',
  'RED-2a': 'The TPP reads the redirect.',
  'RED-3': 'Which browser started an authorisation is known to the TPP alone.',
  'TOK-4': 'The TPP reads the answer.',
  'TOK-5': 'What the TPP keeps, and when.',
  'REV-2': 'What the TPP erases, and when.',
  'SES-1': 'The cookie is the TPP’s.',
  'ACC-4': 'What the TPP hands on.',
  'ACC-5': 'The shape of the gateway’s own answers.',
  'ACC-7': 'What the TPP hands on, and how much it asks for at once.',
  'PAY-5': 'Orders are the TPP’s; the bank sees consents.',
  'STA-2': 'The TPP’s own record.',
  'ERR-3': 'How often the TPP asks again; each call is answered for itself.',
  'ERR-4': 'A limit that the platform sets before the gateway or the worker.',
};
