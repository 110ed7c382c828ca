/** ACC-2: without the PSU, four requests for each endpoint and consent in any 24 hours. */
export const UNATTENDED_LIMIT = 4;
export const UNATTENDED_WINDOW = 86_400_000;

/** Given the times of the earlier requests, oldest first: may one more be answered, and if not, in how many seconds? */
export function unattendedBudget(
  earlier: readonly number[],
  now: number,
): { admitted: true } | { admitted: false; retryAfter: number } {
  const counted = earlier.filter((at) => at > now - UNATTENDED_WINDOW);
  const blocking = counted.at(-UNATTENDED_LIMIT);
  if (blocking === undefined) return { admitted: true };
  return { admitted: false, retryAfter: Math.ceil((blocking + UNATTENDED_WINDOW - now) / 1000) };
}
