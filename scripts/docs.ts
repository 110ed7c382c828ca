// Serves the docs site that is built, on loopback: node scripts/docs.ts PORT

import { join } from 'node:path';
import { preview, type PreviewServer } from 'vite';

export const SITE = join(import.meta.dirname, '../target/docs/site');

export const serve = (port: number): Promise<PreviewServer> => preview({
  configFile: false, root: join(SITE, '..'), appType: 'mpa', logLevel: 'warn', build: { outDir: SITE },
  preview: { host: '127.0.0.1', port, strictPort: true },
});

if (import.meta.main) {
  const server = await serve(Number(process.argv[2]));
  console.log(`  The docs are on ${server.resolvedUrls?.local[0]}`);
}
