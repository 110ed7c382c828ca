const CUT = new WeakSet<Response>();

/** The statuses that no body goes with. */
export const NULL_BODY: readonly number[] = [204, 205, 304];

/** Lets an answer break off after what it holds, before so many bytes have left; without one nothing is sent at all. */
export type Cut = (answer?: Response, length?: number) => Response;

/** Marks an answer that will break off, which its status does not show. */
export function markCut(answer: Response): Response {
  CUT.add(answer);
  return answer;
}

/** Whether the caller will have no whole answer: nothing is sent, or it breaks off. */
export function isCut(answer: Response): boolean {
  return answer.type === 'error' || CUT.has(answer);
}

/** Where the host closes a connection at `Response.error()`, or when a body fails. */
export const breakOff: Cut = (answer, length = 0) => {
  if (answer === undefined) return Response.error();
  const headers = new Headers(answer.headers);
  headers.set('content-length', String(length));
  const body = answer.body?.getReader();
  const broken = new ReadableStream<Uint8Array>({
    pull: async (stream) => {
      const { value } = (await body?.read()) ?? {};
      if (value === undefined) stream.error(new Error('cut'));
      else stream.enqueue(value);
    },
  });
  return markCut(new Response(broken, { status: answer.status, headers }));
};
