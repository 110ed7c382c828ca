/** What the consents' objects of a worker have on the disk: those that count calls are few and grow by the day. */

import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Disk {
  /** The objects' databases. */
  readonly objects: ReadonlySet<string>;
  /** Of these and of what belongs to them. */
  readonly bytes: number;
}

/** Of a worker that is stopped: while it runs, a database may lie in its log. */
export function diskOf(stateDirectory: string): Disk {
  const files = globSync('v3/do/*ConsentVault*/*', { cwd: stateDirectory }).filter((file) => !/metadata\.sqlite/.test(file));
  const bytes = files.reduce((sum, file) => sum + statSync(join(stateDirectory, file)).size, 0);
  return { objects: new Set(files.filter((file) => file.endsWith('.sqlite'))), bytes };
}

export function told(before: Disk, after: Disk): string {
  const of = ({ objects, bytes }: Disk): string => `${objects.size} objects, ${bytes} bytes`;
  return `before: ${of(before)}; after: ${of(after)}`;
}
