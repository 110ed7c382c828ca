const CUT = new WeakSet<Response>();

/** Marks an answer that will break off, which its status does not show. */
export function markCut(answer: Response): Response {
  CUT.add(answer);
  return answer;
}

/** Whether the caller will have no whole answer: nothing is sent, or it breaks off. */
export function isCut(answer: Response): boolean {
  return answer.type === 'error' || CUT.has(answer);
}
