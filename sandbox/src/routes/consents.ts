import { Hono } from 'hono';
import { type Environment, allowOnly } from '../context.ts';
import { quoted } from '../refusal.ts';
import { branchOf, notThere } from './controls.ts';

/** What the person at the bank, and the bank, can take back without a word to the TPP (REV-1). */
export const consents = new Hono<Environment>();

const MOST_LISTED = 500;

consents.get('/__sandbox/consents', (call) => call.json({ consents: branchOf(call).intents({ most: MOST_LISTED }) }));

consents.delete('/__sandbox/consents', (call) => {
  branchOf(call).ledger.withdrawAll();
  return call.body(null, 204);
});

consents.delete('/__sandbox/consents/:id', (call) => {
  const id = call.req.param('id');
  if (branchOf(call).ledger.withdraw(id) === null) throw notThere(`There is no consent ${quoted(id)}.`);
  return call.body(null, 204);
});

consents.delete('/__sandbox/access-tokens', (call) => {
  branchOf(call).ledger.dropAccessTokens();
  return call.body(null, 204);
});

consents.all('/__sandbox/consents', allowOnly('GET, DELETE', 'CFG-4'));
consents.all('/__sandbox/consents/:id', allowOnly('DELETE', 'CFG-4'));
consents.all('/__sandbox/access-tokens', allowOnly('DELETE', 'CFG-4'));
