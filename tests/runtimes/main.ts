/** The suite in a runtime without a runner of its own here: one line a case, and status 1 when one fails. */

import { suite } from './suite.ts';

let failed = 0;
for (const { name, run } of suite) {
  try {
    await run();
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${name}: ${String(error)}`);
  }
}
if (failed > 0) throw new Error(`${failed} of ${suite.length} failed`);
