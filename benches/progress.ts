/** How far a measurement has come: a line that is rewritten on a terminal; elsewhere one each half minute. */

const PERIOD = process.stderr.isTTY ? 200 : 30_000;
let shown = Date.now();

export function progress(text: string): void {
  const now = Date.now();
  if (now - shown < PERIOD) return;
  shown = now;
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K  … ${text}` : `  … ${text}\n`);
}

/** Takes the line away and leaves what was done. */
export function done(text: string, started: number): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  console.log(`  ✓ ${text.padEnd(50)} ${((performance.now() - started) / 1000).toFixed(1).padStart(10)} s`);
}
