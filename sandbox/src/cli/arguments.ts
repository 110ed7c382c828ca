import { parseArgs } from 'node:util';
import type { EnvironmentName } from '../life.ts';
import { Mistake } from './mistake.ts';

export interface Arguments {
  /** The sandbox's, or production's where that is alone; production beside the sandbox has the next one. */
  port: number;
  environments: readonly EnvironmentName[];
  config: string | undefined;
  /** A folder; nothing for books in memory. */
  state: string | undefined;
  /** Where the worker's settings go; nothing for a place of our own. */
  envFile: string | undefined;
  redirectUrl: string | undefined;
  printEnv: boolean;
  quiet: boolean;
  json: boolean;
  /** What is asked for in place of a gateway. */
  asked: 'help' | 'version' | undefined;
}

export const HELP = `Usage: tell-connect-sandbox [options]

A stand-in for a bank's tell.connect gateway, on this machine alone.

  --port N               the port, 8788 unless told otherwise
  --environment NAME     sandbox (the default), production, or both: production on the next port
  --state DIR            keeps consents and credentials in a folder; "memory" (the default) keeps nothing
  --config FILE          the gateway's settings as JSON: tell-connect-sandbox's README lists them
  --redirect-url URL     where the bank sends people back to; http://localhost:8787/api/callback unless told otherwise
  --write-env PATH       where the worker's settings (TELL_*) are written, production's with ".production" behind
  --print-env            prints them too, secrets included
  --quiet                no line for each call
  --json                 one JSON object a line: where everything is, then each call
  --help, --version
`;

/** Node.js 20 takes an `--env-file` for its own, wherever it stands on the line. */
const OPTIONS = {
  port: { type: 'string' },
  environment: { type: 'string' },
  state: { type: 'string' },
  config: { type: 'string' },
  'redirect-url': { type: 'string' },
  'write-env': { type: 'string' },
  'print-env': { type: 'boolean' },
  quiet: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
  version: { type: 'boolean' },
} as const;

const ENVIRONMENTS: Readonly<Record<string, readonly EnvironmentName[]>> = {
  sandbox: ['sandbox'],
  production: ['production'],
  both: ['sandbox', 'production'],
};

export function readArguments(args: readonly string[]): Arguments {
  const values = parse(args);
  const { environment = 'sandbox', state = 'memory' } = values;
  const environments = Object.hasOwn(ENVIRONMENTS, environment) ? ENVIRONMENTS[environment] : undefined;
  if (environments === undefined) throw wrong(`--environment is "${environment}": it is sandbox, production or both.`);
  for (const name of ['state', 'config', 'write-env', 'redirect-url'] as const) {
    if (values[name] === '') throw wrong(`--${name} is empty.`);
  }
  return {
    port: readPort(values.port ?? '8788', environments.length - 1),
    environments,
    config: values.config,
    state: state === 'memory' ? undefined : state,
    envFile: values['write-env'],
    redirectUrl: values['redirect-url'],
    printEnv: values['print-env'] ?? false,
    quiet: values.quiet ?? false,
    json: values.json ?? false,
    asked: values.help === true ? 'help' : values.version === true ? 'version' : undefined,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false }).values;
  } catch (error) {
    // Node's sentence names the option, and may go on about positional arguments.
    const [sentence = ''] = (error as Error).message.split(/[.;](?: |$)/);
    throw wrong(`${sentence}.`);
  }
}

/** 0 takes any that is free. */
function readPort(text: string, beside: number): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port + beside <= 65_535) return port;
  throw wrong(`--port is "${text}": it has to be a port from 1 to ${65_535 - beside}, or 0 for any free one.`);
}

function wrong(sentence: string): Mistake {
  return new Mistake(`${sentence} --help lists the options.`, 2);
}
