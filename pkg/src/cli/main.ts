#!/usr/bin/env node
// `npx tell-connect <command>`.
import process from 'node:process';
import { doctor } from './doctor.js';
import { init } from './init.js';
import { Usage } from './usage.js';

const HELP = `tell-connect <command>

  init     writes a project that runs at once, with a stand-in for the bank beside it
  doctor   says, check by check, whether a configuration is fit

tell-connect <command> --help says more of a command.
`;

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = { doctor, init };

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new Usage(name === undefined ? 'A command is missing.' : 'No such command.', HELP);
  return command(args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Usage)) throw error;
  process.stderr.write(`${error.message}\n\n${error.help}`);
  process.exitCode = 2;
}
