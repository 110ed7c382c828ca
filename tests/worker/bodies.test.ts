/** The bank's answers on their way through the worker: checked as they come, passed on as they came, held once. */

import assert from 'node:assert/strict';
import { after, afterEach, before, mock, test } from 'node:test';
import { LIMITS } from '../../pkg/dist/generated/core.js';
import { JsonCheck } from '../../pkg/dist/machine/node.js';
import { Body, readText } from '../../pkg/dist/worker/body.js';
import { Room } from '../../pkg/dist/worker/room.js';
import { assertProblem } from '../rig/client.ts';
import { ACCOUNTS, connect, World } from '../rig/world.ts';

/** JSON of exactly so many bytes, with characters that any cut may go through. */
function sized(bytes: number): string {
  const [opening, item, ending] = ['{"Transactions":["', 'é€😀",1.10,"', '"]}'];
  const times = Math.floor((bytes - opening.length - ending.length) / Buffer.byteLength(item));
  const body = opening + item.repeat(times);
  return body + 'x'.repeat(bytes - Buffer.byteLength(body) - ending.length) + ending;
}

const LARGEST = sized(LIMITS.answer);
const never = new AbortController().signal;
const bodyOf = (response: Response, signal = never): Promise<Body | undefined> =>
  Body.read(response, new JsonCheck(), signal);

let world: World;
before(async () => {
  const resources = {
    '/accounts': '{"Accounts":[]}',
    '/accounts/1/transactions': LARGEST,
    '/accounts/2/transactions': sized(LIMITS.answer + 1),
    '/accounts/1/balance': sized(LIMITS.told),
    '/accounts/2/balance': sized(LIMITS.told + 1),
    '/accounts/1/product': '{"a":1}{}',
  };
  world = await World.create({ resources });
});
after(() => world.end());
afterEach(() => world.assertNoViolations());

const LARGE = `${ACCOUNTS}/1/transactions`;

test('ACC-4, ACC-7: an answer of 4 MiB is passed on byte for byte, one byte more is refused', async () => {
  const client = await connect(world);
  for (const [path, bytes] of [['1/transactions', LIMITS.answer], ['1/balance', LIMITS.told],
    ['2/balance', LIMITS.told + 1]] as const) {
    const reply = await client.get(`${ACCOUNTS}/${path}`);
    assert.equal(reply.status, 200, reply.text.slice(0, 200));
    assert.equal(reply.headers['content-type'], 'application/json');
    assert.ok(reply.bytes.equals(Buffer.from(sized(bytes))), path);
  }
  assertProblem(await client.get(`${ACCOUNTS}/2/transactions`), 502, 'gateway_bad_answer');
});

test('ACC-7: what is not one JSON text is refused, and the call log says what came', async () => {
  const client = await connect(world);
  assertProblem(await client.get(`${ACCOUNTS}/1/product`), 502, 'gateway_bad_answer');
  const { steps } = (await client.get('/api/journey')).json<{ steps: { response?: { status: number } }[] }>();
  assert.equal(steps.at(-1)?.response?.status, 200);
});

test('ACC-7: more large reads than there is room for are all answered, one after the other', async () => {
  const clients = await Promise.all([1, 2, 3].map(() => connect(world)));
  const replies = await Promise.all(Array.from({ length: 24 }, (_, at) => clients[at % 3]!.get(LARGE)));
  for (const { status, bytes } of replies) assert.deepEqual([status, bytes.length], [200, LIMITS.answer]);
});

test('ACC-7: whoever leaves, or wants the head alone, takes no room with them', async () => {
  const client = await connect(world);
  for (let time = 0; time < 3; time += 1) {
    const heads = Array.from({ length: 8 }, () => client.send('HEAD', LARGE, { 'sec-fetch-site': 'same-origin' }));
    for (const { status } of await Promise.all(heads)) assert.equal(status, 200);
    const left = Array.from({ length: 8 }, () => client.get(LARGE).catch(() => 'abandoned'));
    await new Promise((resolve) => setImmediate(resolve));
    left.forEach(() => client.abandonOldest());
    await Promise.all(left);
  }
  assert.equal((await client.get(LARGE)).bytes.length, LIMITS.answer);
});

test('ACC-7: no more than 32 MiB are held; the next answer is read when another is let go of', async () => {
  const largest = Buffer.from(LARGEST);
  const read = async (): Promise<Body> => (await bodyOf(new Response(largest)))!;
  const held = await Promise.all(Array.from({ length: 8 }, read));
  assert.ok(held.every((body) => body.isWhole && body.size === LIMITS.answer));
  let ninth: Body | undefined;
  const waits = read().then((body) => (ninth = body));
  const gives = AbortSignal.abort(new Error('late'));
  await assert.rejects(bodyOf(new Response(largest), gives), /late/);
  const stream = held[0]!.take();
  assert.ok(stream instanceof ReadableStream);
  assert.equal(ninth, undefined);
  assert.ok(Buffer.from(await new Response(stream).arrayBuffer()).equals(largest));
  await waits;
  const cancelled = held[1]!.take();
  const tenth = read();
  await (cancelled as ReadableStream).cancel();
  for (const body of [...held, ninth!, await tenth]) body.drop();
});

test('ACC-7: what nobody takes in time is let go of, and its stream breaks off', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const body = (await bodyOf(new Response(LARGEST)))!;
    const reader = (body.take() as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    assert.ok(body.size > 0);
    mock.timers.tick(3 * 60_000);
    assert.equal(body.size, 0);
    await assert.rejects(reader.read().then(() => reader.read()));
  } finally {
    mock.timers.reset();
  }
});

test('ACC-7: a body is whole when it is nothing or one JSON text in UTF-8, however it is cut', async () => {
  const chunked = (bytes: Uint8Array): Response => new Response(new ReadableStream({
    type: 'bytes',
    start(controller) {
      for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  }));
  for (const [text, isWhole] of [['', true], ['{"a":"é€😀"}', true], [' 1 ', true], ['{}{}', false],
    ['<p>', false], ['\ufeff{}', false], ['{"a":', false]] as const) {
    const body = (await bodyOf(chunked(Buffer.from(text))))!;
    assert.equal(body.isWhole, isWhole, text);
    const content = body.take();
    assert.equal(content === null ? '' : Buffer.from(content as Uint8Array).toString(), text);
  }
  assert.equal((await bodyOf(chunked(Buffer.from([0x22, 0xc3, 0x22]))))?.isWhole, false);
  assert.equal((await bodyOf(new Response(null)))?.isWhole, true);
});

test('TOK-5, ERR-1: what decides something is told up to 64 KiB, of a refusal the beginning', async () => {
  const told = sized(LIMITS.told);
  const more = `${'é'.repeat(LIMITS.told)}`;
  for (const status of [200, 400]) assert.equal(await readText(new Response(told, { status })), told);
  assert.equal(await readText(new Response(more)), undefined);
  assert.equal(await readText(new Response(`x${more}`, { status: 502 })), `x${'é'.repeat(LIMITS.told / 2 - 1)}`);
  assert.equal(await readText(new Response(Buffer.from([0xff]))), undefined);
  assert.equal(await readText(new Response(null)), '');
});

test('ACC-7: room is given in the order in which it was asked for, and nobody keeps it who is gone', async () => {
  mock.timers.enable({ apis: ['Date'] });
  try {
    const room = new Room(10);
    const order: string[] = [];
    const take = (name: string, bytes: number, signal = never) =>
      room.take(bytes, signal).then((lease) => (order.push(name), lease));
    const first = await take('first', 8);
    const impatient = new AbortController();
    const refused = assert.rejects(take('impatient', 9, impatient.signal), /left/);
    const [second, third] = [take('second', 5), take('third', 1)];
    impatient.abort(new Error('left'));
    await refused;
    first.keep(6);
    first.keep(7);
    await Promise.resolve();
    assert.deepEqual(order, ['first']);
    first.keep(0);
    await Promise.all([second, third]);
    assert.deepEqual(order, ['first', 'second', 'third']);
    mock.timers.tick(5 * 60_000);
    assert.equal((await take('after an abort', 10)).bytes, 10);
    (await second).keep(0);
    await assert.rejects(room.take(1, AbortSignal.timeout(1)), { name: 'TimeoutError' });
  } finally {
    mock.timers.reset();
  }
});
