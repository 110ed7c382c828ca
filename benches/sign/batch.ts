import { VECTOR } from './input.ts';
import type { Sign } from './contestants.ts';

/** One after another, each with an `iat` of its own. What comes as a promise is awaited before the next. */
export function batch(sign: Sign, object: object): (times: number) => void | Promise<void> {
  let iat = VECTOR.iat;
  if (typeof sign(object, iat) === 'string') {
    return (times) => {
      for (let i = 0; i < times; i += 1) sign(object, (iat += 1));
    };
  }
  return async (times) => {
    for (let i = 0; i < times; i += 1) await sign(object, (iat += 1));
  };
}
