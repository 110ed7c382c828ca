#!/usr/bin/env node
/** The command `tell-connect-sandbox`. */

import { HELP, readArguments } from './arguments.ts';
import { Mistake } from './mistake.ts';
import { run } from './run.ts';
import { version } from './version.ts';

try {
  const asked = readArguments(process.argv.slice(2));
  if (asked.asked === 'help') process.stdout.write(HELP);
  else if (asked.asked === 'version') process.stdout.write(`${version()}\n`);
  else {
    const closing = run(asked, process.stdout, process.env);
    // Whoever stops it before it is ready waits until there is something to close.
    const stop = (): void => void closing.then((close) => close()).then(() => process.exit(0), () => undefined);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
    await closing;
  }
} catch (error) {
  if (!(error instanceof Mistake)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
