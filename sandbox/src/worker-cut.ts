import { markCut } from './cut.ts';

/** Long enough for the head of the answer to leave first: before that, workerd answers 500 in its place. */
const HEAD_START = 20;

/** In workerd no connection can be closed before an answer, so the answer breaks off after its head. */
export function breakOff(): Response {
  const { readable, writable } = new FixedLengthStream(1024);
  setTimeout(() => void writable.abort(new Error('cut')).catch(() => undefined), HEAD_START);
  return markCut(new Response(readable, { status: 201, headers: { 'content-type': 'application/json' } }));
}
