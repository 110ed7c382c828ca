import { Hono } from 'hono';
import { readBody, readForm, readObject } from '../check/body.ts';
import { checkMembers } from '../check/json.ts';
import { type Call, type Environment, allowOnly, registerOf } from '../context.ts';
import { type Explanation, type Question, examine } from '../explain/examine.ts';
import { playgroundPage } from '../pages/playground.ts';
import { sendPage } from '../pages/send.ts';
import { invalidRequest, quoted } from '../refusal.ts';

/** JWS-10: where a person or a program asks what is wrong with a token. Nothing of it is kept. */
export const playground = new Hono<Environment>();

const RULE = 'JWS-10';
const MEMBERS = { required: ['token', 'path'], optional: ['body', 'certificate', 'app'] };

playground.get('/playground', async (call) => show(call, playgroundPage(await appsOf(call))));

playground.post('/playground', async (call) => {
  const body = await readBody(call.req.raw, 'application/x-www-form-urlencoded', { rule: RULE });
  const fields = readForm(body, RULE);
  const text = (name: string): string => (fields.get(name) ?? '').replaceAll('\r\n', '\n');
  const question = { token: text('token'), path: text('path'), body: text('body'), app: text('app') };
  const explanation = await explain(call, { ...question, certificate: text('certificate') });
  return show(call, playgroundPage(await appsOf(call), question, explanation));
});

playground.post('/playground/explain', async (call) => {
  const body = await readBody(call.req.raw, 'application/json', { rule: RULE });
  const object = readObject(body, RULE);
  checkMembers(RULE, body.text, object, MEMBERS);
  const wrong = Object.entries(object).find(([, value]) => typeof value !== 'string');
  if (wrong !== undefined) {
    const told = { expected: 'a string', came: `a ${typeof wrong[1]}` };
    throw invalidRequest(RULE, `The member ${quoted(wrong[0])} is no string.`, told);
  }
  return call.json(await explain(call, object as unknown as Question));
});

playground.all('/playground', allowOnly('GET, POST', RULE));
playground.all('/playground/explain', allowOnly('POST', RULE));

function explain(call: Call, question: Question): Promise<Explanation> {
  const { settings, bases } = call.var;
  const { readings, strict } = settings;
  return examine(question, { register: registerOf(call), readings, strict, bases, now: call.env.now });
}

async function appsOf(call: Call): Promise<string[]> {
  const signers = (await registerOf(call).others?.()) ?? [];
  return signers.map(({ app }) => app);
}

function show(call: Call, page: ReturnType<typeof playgroundPage>): Promise<Response> {
  return sendPage(call, page, { formTarget: new URL(call.req.url) });
}
