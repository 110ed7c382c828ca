// `tell-connect init`: writes an example into a folder, ready to run.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { EXAMPLES, type Example } from './examples.js';
import { Usage } from './usage.js';

const names = Object.entries(EXAMPLES).map(([name, { title }]) => `  ${name.padEnd(18)} ${title}`).join('\n');
const HELP = `tell-connect init [FOLDER] [--example NAME]

Writes a project that runs at once, with a stand-in for the bank beside it. FOLDER is this one unless named; it has to be
new or empty, and nothing in it is overwritten. NAME is worker unless named:

${names}

Ends with 0 when all is written, 1 where it cannot be, 2 when it was called wrongly.
`;

const OPTIONS = { example: { type: 'string' }, help: { type: 'boolean' } } as const;

/** A file of settings that each copy has for itself: without this it is the one that is shared. */
const SHARED = '.example';
/** The line that waits for a key. */
const KEY = /^TELL_VAULT_KEY=$/m;

/** Runs the command, and gives its exit code. */
export async function init(args: readonly string[]): Promise<number> {
  const { folder, name, isHelp } = parsed(args);
  if (isHelp) {
    process.stdout.write(HELP);
    return 0;
  }
  const example = Object.hasOwn(EXAMPLES, name) ? EXAMPLES[name] : undefined;
  if (example === undefined) throw new Usage(`There is no example "${name}".`, HELP);
  const files = templateOf(name);
  const problem = problemWith(folder) ?? written(folder, files);
  if (problem !== undefined) {
    process.stderr.write(`${problem}\n`);
    return 1;
  }
  process.stdout.write(nextLines(folder, example, files));
  return 0;
}

function parsed(args: readonly string[]): { folder: string; name: string; isHelp: boolean } {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, strict: true, allowPositionals: true });
    const [folder = '.', ...others] = positionals;
    if (others.length === 0 && folder !== '') return { folder, name: values.example ?? 'worker', isHelp: values.help === true };
  } catch {
    // What Node says of it is about options in general.
  }
  throw new Usage('An option is unknown, lacks its value, or there is more than one folder.', HELP);
}

type Files = Readonly<Record<string, string>>;

function templateOf(name: string): Files {
  const all = JSON.parse(readFileSync(new URL('./templates.json', import.meta.url), 'utf8')) as Record<string, Files>;
  return all[name] ?? {};
}

/** Why nothing can be written there. A repository that was just begun is as good as empty. */
function problemWith(folder: string): string | undefined {
  try {
    const [first] = readdirSync(folder).filter((entry) => entry !== '.git').sort();
    return first === undefined ? undefined : `${join(folder, first)} is there already. Name a folder that is new or empty.`;
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? undefined : `${folder} cannot be used as a folder (${codeOf(error)}).`;
  }
}

/** Writes all of them; why one could not be. */
function written(folder: string, files: Files): string | undefined {
  const own = Object.entries(files).filter(([path]) => path.endsWith(SHARED))
    .map(([path, text]) => [path.slice(0, -SHARED.length), text.replace(KEY, newKey), 0o600] as const);
  const shared = Object.entries(files).map(([path, text]) => [path, text, 0o666] as const);
  for (const [path, text, mode] of [...shared, ...own]) {
    const file = join(folder, path);
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { mode, flag: 'wx' });
    } catch (error) {
      return `${file} cannot be written (${codeOf(error)}).`;
    }
  }
  return undefined;
}

const newKey = (): string =>
  `TELL_VAULT_KEY=${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))}`;

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code);

function nextLines(folder: string, { run, then }: Example, files: Files): string {
  const lines = [...(folder === '.' ? [] : [`cd ${folder}`]), 'npm install', run];
  const place = folder === '.' ? 'this folder' : folder;
  return [`The example is in ${place}. Next:`, '', ...lines.map((line) => `  ${line}`), '', then, ...remarkOn(files), ''].join('\n');
}

/** That it takes a newer Node.js, where it does. */
function remarkOn(files: Files): string[] {
  const { engines } = JSON.parse(files['package.json'] ?? '{}') as { engines?: { node?: string } };
  const needed = engines?.node?.replace('>=', '');
  const numbers = (version: string): number[] => version.replace('v', '').split('.').map(Number);
  const [[major = 0, minor = 0], [own = 0, ownMinor = 0]] = [numbers(needed ?? '0'), numbers(process.version)];
  const isOld = own < major || (own === major && ownMinor < minor);
  return isOld ? [`It takes Node.js ${needed} or newer; this is ${process.version}.`] : [];
}
