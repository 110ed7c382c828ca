// What follows from the document, by file.
import { clientTypes } from '../../tests/openapi/client-types.ts';
import { openApi } from './document.ts';
import { type OpenApi, page } from './page.ts';

export async function written(): Promise<Record<string, string>> {
  const document = openApi();
  const text = `${JSON.stringify(document, null, 2)}\n`;
  return {
    'docs/reference/openapi.json': text,
    'docs/reference/http-api.md': page(document as OpenApi),
    'tests/openapi/api.ts': await clientTypes(text),
  };
}
