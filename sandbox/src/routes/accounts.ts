import { Hono } from 'hono';
import { admit } from '../check/admission.ts';
import { type Environment, allowOnly } from '../context.ts';
import { accountResource, RESOURCES } from '../data/resources.ts';
import { accountList, findAccount } from '../data/accounts.ts';
import { Fault, quoted } from '../fault.ts';

/** ACC-3: what a TPP with an AISP consent may read. */
export const accounts = new Hono<Environment>();

accounts.get('/accounts', async (call) => {
  await admit(call, 'aisp', { kind: 'none' });
  return call.json(accountList());
});

accounts.get('/accounts/:id/:resource?', async (call) => {
  await admit(call, 'aisp', { kind: 'none' });
  const { id, resource } = call.req.param();
  const account = findAccount(id);
  if (account === undefined) throw notFound(`There is no account ${quoted(id)}; GET /accounts lists them.`);
  const answer = accountResource(account, resource, call.var.now);
  if (answer === undefined) {
    throw notFound(`An account has no ${quoted(resource)}; it has ${RESOURCES.join(', ')}.`);
  }
  return call.json(answer);
});

accounts.all('/accounts', allowOnly('GET', 'ACC-3'));
accounts.all('/accounts/:id/:resource?', allowOnly('GET', 'ACC-3'));

function notFound(description: string): Fault {
  return new Fault(404, 'not_found', description, { rule: 'ACC-3' });
}
