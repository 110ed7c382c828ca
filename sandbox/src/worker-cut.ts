import { markCut } from './cut.ts';

/** How long the answer would have been. It goes from the object, which cannot cut a connection, to the worker. */
const LENGTH = 'x-sandbox-breaks-off';

/** Long enough for the head of the answer to leave first: before that, workerd answers 500 in its place. */
const HEAD_START = 20;
const USUAL_LENGTH = 1024;

/** Asks the worker to let the answer break off after what it holds, before so many bytes have left. */
export function breakOff(answer = new Response(null, { status: 201 }), length = USUAL_LENGTH): Response {
  const headers = new Headers(answer.headers);
  headers.set(LENGTH, String(length));
  headers.delete('content-length');
  return markCut(new Response(answer.body, { status: answer.status, headers }));
}

/** In workerd no connection can be closed before an answer, so the answer breaks off after its head, or later. */
export function brokenOff(answer: Response): Response {
  const length = Number(answer.headers.get(LENGTH));
  if (length === 0) return answer;
  const headers = new Headers(answer.headers);
  headers.delete(LENGTH);
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  const { readable, writable } = new FixedLengthStream(length);
  void send(answer.body, writable).catch(() => undefined);
  return new Response(readable, { status: answer.status, headers });
}

async function send(body: ReadableStream | null, writable: WritableStream): Promise<void> {
  await body?.pipeTo(writable, { preventClose: true });
  await new Promise((resolve) => setTimeout(resolve, HEAD_START));
  await writable.abort(new Error('cut'));
}
