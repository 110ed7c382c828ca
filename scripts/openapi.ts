// Writes docs/reference/openapi.json, the worker's HTTP API, and the types that an outside client has of it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientTypes } from '../tests/openapi/client-types.ts';
import { openApi } from './openapi/document.ts';

const ROOT = join(import.meta.dirname, '..');
const document = `${JSON.stringify(openApi(), null, 2)}\n`;
mkdirSync(join(ROOT, 'docs/reference'), { recursive: true });
writeFileSync(join(ROOT, 'docs/reference/openapi.json'), document);
writeFileSync(join(ROOT, 'tests/openapi/api.ts'), await clientTypes(document));
