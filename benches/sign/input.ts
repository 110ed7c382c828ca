/** What is signed: the guide's authorise body as an object, and larger ones that begin with it. */

import vectors from '../../tests/vectors/jws-calls.json' with { type: 'json' };

const found = vectors.find(({ name }) => name === 'authorise, the body as this project writes it');
if (found === undefined) throw new Error('the vector of the authorise call is gone');

/** The call whose token stands in the vectors, made by other code than any contestant's. */
export const VECTOR = found;

const BODY = JSON.parse(VECTOR.payload) as object;

/** Bytes of the payloads' texts. */
export const SIZES = [VECTOR.payload.length, 4096, 65_536];

/** An object whose text has that many bytes: the authorise body, and beneath it rows as a bank's answer has them. */
export function objectOf(bytes: number): object {
  if (bytes === VECTOR.payload.length) return BODY;
  const object = { ...BODY, note: '', rows: [] as object[] };
  const rest = (): number => bytes - JSON.stringify(object).length;
  for (let id = 1; rest() > 200; id += 1) {
    object.rows.push({ id, name: `Customer ${id}`, amount: `${id}.50`, currency: 'GBP', booked: id % 2 === 0 });
  }
  object.note = 'x'.repeat(rest());
  return object;
}
