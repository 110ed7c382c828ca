/** Waits for a condition; the deadline is far off, so that only a real failure meets it. */
export async function until(
  condition: () => boolean | Promise<boolean>, milliseconds: number, what = 'the condition',
): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!await condition()) {
    if (Date.now() > deadline) throw new Error(`${what} did not come true within ${milliseconds} ms`);
    await new Promise((tick) => setTimeout(tick, 25));
  }
}
