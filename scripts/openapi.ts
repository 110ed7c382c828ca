// Writes the worker's HTTP API: docs/reference/openapi.json, a page for people, and the types of an outside client.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { written } from './openapi/written.ts';

for (const [file, text] of Object.entries(await written())) writeFileSync(join(import.meta.dirname, '..', file), text);
