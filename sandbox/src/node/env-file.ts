import { chmodSync, writeFileSync } from 'node:fs';

/** Writes settings for wrangler to read, for the owner's eyes alone. */
export function writeEnvFile(file: string, settings: Readonly<Record<string, string>>, head = ''): void {
  writePrivate(file, head + envText(settings));
}

/** One a line, as `wrangler dev --env-file` and Node's `--env-file` read them. */
export function envText(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings).map(([name, value]) => `${name}=${quoted(value)}\n`).join('');
}

export function writePrivate(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
  // The mode above is for a new file alone.
  chmodSync(file, 0o600);
}

/** A line end can be written in double quotes alone, a double quote in single ones; `$` begins a variable in both. */
function quoted(value: string): string {
  const text = value.replaceAll('$', '\\$');
  return text.includes('"') ? `'${text}'` : `"${text.replaceAll('\r', '\\r').replaceAll('\n', '\\n')}"`;
}
