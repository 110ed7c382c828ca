/** Signs so many times for each question, `/?name=…&bytes=…&times=…`. Without `times` it answers with one token. */

import certificate from '../../../tests/vectors/certificate.pem';
import floorModule from 'floor.wasm';
import { openFloor } from '../../floor.ts';
import { batch } from '../batch.ts';
import fastJwt from '../contestants/fast-jwt.mjs';
import jose from '../contestants/jose.mjs';
import jsonwebtoken from '../contestants/jsonwebtoken.mjs';
import nodeCrypto from '../contestants/node-crypto.mjs';
import tellConnect from '../contestants/tell-connect.mjs';
import webcrypto from '../contestants/webcrypto.mjs';
import { FLOOR } from '../contestants.ts';
import { VECTOR, objectOf } from '../input.ts';

type Run = (times: number) => void | Promise<void>;

const KEY = { ...VECTOR, certificate: new TextEncoder().encode(certificate) };
const CONTESTANTS = [tellConnect, nodeCrypto, fastJwt, jsonwebtoken, webcrypto, jose];
const runs = new Map<string, Run>();

export default {
  async fetch(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const name = searchParams.get('name');
    if (name === null) return new Response('');
    const bytes = Number(searchParams.get('bytes'));
    const times = searchParams.get('times');
    if (times === null) return new Response(await token(name, bytes));
    const kept = `${name} ${bytes}`;
    const run = runs.get(kept) ?? (await open(name, bytes));
    runs.set(kept, run);
    await run(Number(times));
    return new Response('');
  },
};

async function signer(name: string) {
  const contestant = CONTESTANTS.find((each) => each.name === name);
  if (contestant === undefined) throw new Error(`no contestant ${name}`);
  return contestant.open(KEY);
}

async function token(name: string, bytes: number): Promise<string> {
  if (name !== FLOOR) return (await signer(name))(objectOf(bytes), VECTOR.iat);
  const input = await signingInput(bytes);
  const floor = openFloor(floorModule, KEY.certificate);
  floor.message(input);
  return `${Buffer.from(input).toString()}.${Buffer.from(floor.tag()).toString('base64url')}`;
}

async function open(name: string, bytes: number): Promise<Run> {
  if (name !== FLOOR) return batch(await signer(name), objectOf(bytes));
  const floor = openFloor(floorModule, KEY.certificate);
  floor.message(await signingInput(bytes));
  return (times) => floor.run(times);
}

async function signingInput(bytes: number): Promise<Uint8Array> {
  const token = await (await signer(nodeCrypto.name))(objectOf(bytes), VECTOR.iat);
  return new TextEncoder().encode(token.slice(0, token.lastIndexOf('.')));
}
