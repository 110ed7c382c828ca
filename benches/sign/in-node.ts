/** Signing in this process. */

import { readFileSync } from 'node:fs';
import { FLOOR_WASM, openFloor } from '../floor.ts';
import { measure, type Case, type Found } from '../measure.ts';
import { batch } from './batch.ts';
import { FLOOR, contestants, type Sign } from './contestants.ts';
import { SIZES, VECTOR, objectOf } from './input.ts';

export const CERTIFICATE = new Uint8Array(readFileSync('tests/vectors/certificate.pem'));

export const IN_NODE = { rounds: 60, batch: 4 };

/** The token each contestant has to make: the vector's, and for larger objects what node:crypto makes of them. */
export async function expected(bytes: number): Promise<string> {
  const { default: reference } = await import('./contestants/node-crypto.mjs');
  const sign = await reference.open({ ...VECTOR, certificate: CERTIFICATE });
  if ((await sign(objectOf(SIZES[0] ?? 0), VECTOR.iat)) !== VECTOR.token) throw new Error('the reference is wrong');
  return sign(objectOf(bytes), VECTOR.iat);
}

/** By size, then by contestant. */
export async function inNode(): Promise<Found[]> {
  const signs: Array<[string, Sign]> = [];
  for (const { name, open } of await contestants()) {
    signs.push([name, await open({ ...VECTOR, certificate: CERTIFICATE })]);
  }
  const found: Found[] = [];
  for (const bytes of SIZES) {
    const object = objectOf(bytes);
    const token = await expected(bytes);
    const cases: Case[] = [];
    for (const [name, sign] of signs) {
      if ((await sign(object, VECTOR.iat)) !== token) throw new Error(`${name} signs ${bytes} B as another token`);
      cases.push({ name, time: stopwatch(batch(sign, object)) });
    }
    cases.push(floor(token));
    found.push(await measure(`Node, ${bytes} B`, cases, IN_NODE));
  }
  return found;
}

function floor(token: string): Case {
  const floor = openFloor(new WebAssembly.Module(readFileSync(FLOOR_WASM)), CERTIFICATE);
  const at = token.lastIndexOf('.');
  floor.message(Buffer.from(token.slice(0, at)));
  if (Buffer.from(floor.tag()).toString('base64url') !== token.slice(at + 1)) throw new Error('the floor is wrong');
  return { name: FLOOR, time: stopwatch((times) => floor.run(times)) };
}

function stopwatch(run: (times: number) => void | Promise<void>): Case['time'] {
  return async (times) => {
    const started = performance.now();
    await run(times);
    return performance.now() - started;
  };
}
