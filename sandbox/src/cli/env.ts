import { closeSync, openSync, readSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EnvironmentName } from '../life.ts';
import { writeEnvFile } from '../node/env-file.ts';
import { Mistake } from './mistake.ts';

/** By its first line a file is known to be ours, and may be written anew. */
const HEAD = '# Written by tell-connect-sandbox at its start: settings for a worker that is to talk to it.\n';

export type WorkerSettings = Readonly<Record<string, string>>;

/** Writes the worker's settings where they were asked for, or into the folder; gives back where they are. */
export function writeSettings(
  settings: WorkerSettings,
  environment: EnvironmentName,
  { envFile, folder, isBeside }: { envFile: string | undefined; folder: string; isBeside: boolean },
): string {
  if (envFile === undefined) {
    const file = join(folder, `${environment}.env`);
    writeEnvFile(file, settings, HEAD);
    return file;
  }
  const file = resolve(isBeside ? `${envFile}.${environment}` : envFile);
  const begins = beginningOf(file);
  if (begins !== undefined && begins !== HEAD) {
    throw new Mistake(`${file} is there and was not written by this command. Choose another --write-env.`);
  }
  try {
    writeEnvFile(file, settings, HEAD);
  } catch (error) {
    throw new Mistake(`${file} cannot be written (${String((error as NodeJS.ErrnoException).code)}).`);
  }
  return file;
}

/** As much of a file as its first line would take; nothing where there is none. */
function beginningOf(file: string): string | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : '';
  }
  try {
    const bytes = Buffer.alloc(Buffer.byteLength(HEAD));
    return bytes.toString('utf8', 0, readSync(descriptor, bytes));
  } catch {
    return '';
  } finally {
    closeSync(descriptor);
  }
}
