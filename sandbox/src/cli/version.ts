import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of the package that this is in: the nearest one above. */
export function version(): string {
  for (const above of ['.', '../..']) {
    try {
      const manifest = readFileSync(join(import.meta.dirname, above, 'package.json'), 'utf8');
      return String((JSON.parse(manifest) as { version?: unknown }).version);
    } catch {
      // Not in this folder.
    }
  }
  return 'unknown';
}
