import { Hono } from 'hono';
import { admit } from '../check/admission.ts';
import { type Call, type Environment, allowOnly, pathOf } from '../context.ts';
import { accountList, findAccount } from '../data/accounts.ts';
import { RESOURCES, accountResource } from '../data/resources.ts';
import { checkPermitted } from '../permissions.ts';
import { Refusal, quoted } from '../refusal.ts';

/** ACC-3: what a TPP with an AISP consent may read. */
export const accounts = new Hono<Environment>();

accounts.get('/accounts', async (call) => {
  const { permissions } = await admit(call, 'aisp', { kind: 'none' });
  checkPermitted(undefined, permissions);
  return configuredAnswer(call) ?? call.json(accountList());
});

accounts.get('/accounts/:id/:resource?', async (call) => {
  const { permissions } = await admit(call, 'aisp', { kind: 'none' });
  const { id, resource } = call.req.param();
  checkPermitted(resource, permissions);
  const configured = configuredAnswer(call);
  if (configured !== undefined) return configured;
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

function configuredAnswer(call: Call): Response | undefined {
  const { resources } = call.var.settings;
  const path = pathOf(call);
  if (!Object.hasOwn(resources, path)) return undefined;
  return call.body(resources[path] ?? '', 200, { 'content-type': 'application/json; charset=utf-8' });
}

function notFound(description: string): Refusal {
  return new Refusal(404, 'not_found', description, { rule: 'ACC-3', blameless: true });
}
