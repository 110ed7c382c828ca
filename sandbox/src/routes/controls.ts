import { readBody, readObject } from '../check/body.ts';
import type { JsonObject } from '../check/json.ts';
import type { Branch } from '../branch.ts';
import type { Call } from '../context.ts';
import type { Problem } from '../fault-rule.ts';
import { Refusal } from '../refusal.ts';

/** What the control paths work on. */
export function branchOf(call: Call): Branch {
  const { branch } = call.env;
  if (branch !== undefined) return branch;
  throw new Refusal(404, 'not_found', 'This gateway has no controls.', { rule: 'ENV-1', blameless: true });
}

export async function objectOf(call: Call): Promise<JsonObject> {
  return readObject(await readBody(call.req.raw, 'application/json', { rule: 'CFG-4' }), 'CFG-4');
}

/** CFG-4: every problem at once, each with its member. */
export function badMembers(call: Call, error: string, problems: readonly Problem[]): Response {
  const description = problems.map(({ member, problem }) => `${member} ${problem}`).join('; ');
  return call.json({ error, error_description: `${description}.`, rule: 'CFG-4', problems }, 400);
}

export function notThere(description: string): Refusal {
  return new Refusal(404, 'not_found', description, { rule: 'CFG-4', blameless: true });
}
