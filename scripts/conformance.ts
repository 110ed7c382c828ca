// Writes docs/conformance.md from playing every case of sandbox/test/conformance.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { conformancePage } from '../sandbox/test/conformance/table.ts';

writeFileSync(join(import.meta.dirname, '../docs/conformance.md'), await conformancePage());
