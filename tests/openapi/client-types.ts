/** What openapi-typescript makes of the document. */

import openapiTS, { astToString } from 'openapi-typescript';

const HEAD = '// Written by openapi-typescript, by scripts/openapi.ts. Do not edit.\n\n';

export async function clientTypes(document: string): Promise<string> {
  return HEAD + astToString(await openapiTS(document));
}
