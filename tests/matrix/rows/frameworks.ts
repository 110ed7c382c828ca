import { TELL } from '../programs.ts';
import type { Row } from '../row.ts';
import { versionOf } from '../tools.ts';

type Place = Parameters<Row['run']>[0];

const WORKER = `${TELL}
export default { fetch: async () => Response.json(await tell()) };
`;

function worker(place: Place): void {
  place.write('worker.js', WORKER);
  place.write('wrangler.jsonc', JSON.stringify({ name: 'row', main: 'worker.js', compatibility_date: '2026-06-01' }));
}

async function both(place: Place, base: string): Promise<void> {
  await place.shows(base);
  await place.answers(`${base}/tell`);
}

/** A client component, rendered on the server too, and a route handler. */
async function next(place: Place, ...args: string[]): Promise<void> {
  place.write('app/layout.js', 'export default ({ children }) => <html lang="en"><body>{children}</body></html>;\n');
  place.write('app/page.js', `'use client';\nimport '../page.js';\nexport default () => <p>row</p>;\n`);
  place.write('app/tell/route.js', `${TELL}
export const dynamic = 'force-dynamic';
export const GET = async () => Response.json(await tell());
`);
  await place.tool('next', 'build', ...args);
  await place.serves('next', (port) => ['start', '--hostname', 'localhost', '--port', port], async (base) => {
    await both(place, base);
  });
}

export const frameworks: readonly Row[] = [
  {
    tool: 'Next.js, Turbopack', version: versionOf('next'), runs: 'page and server',
    run: (place) => next(place),
  },
  {
    tool: 'Next.js, webpack', version: versionOf('next'), runs: 'page and server', isSlow: true,
    run: (place) => next(place, '--webpack'),
  },
  {
    tool: 'Wrangler', version: versionOf('wrangler'), runs: 'server',
    async run(place) {
      worker(place);
      const args = (port: string): string[] => ['dev', '--port', port, '--inspector-port', '0'];
      await place.serves('wrangler', args, (base) => place.answers(`${base}/tell`));
    },
  },
  {
    tool: '`@cloudflare/vite-plugin`, built', version: versionOf('@cloudflare/vite-plugin'), runs: 'page and server',
    async run(place) {
      worker(place);
      place.write('vite.config.js', PLUGIN);
      await place.tool('vite', 'build', '--logLevel', 'error');
      await place.serves('vite', (port) => ['preview', '--port', port, '--strictPort'], (base) => both(place, base));
    },
  },
  {
    tool: '`@cloudflare/vite-plugin`, its development server', version: versionOf('@cloudflare/vite-plugin'),
    runs: 'page and server', isSlow: true,
    async run(place) {
      worker(place);
      place.write('vite.config.js', PLUGIN);
      await place.serves('vite', (port) => ['--port', port, '--strictPort'], (base) => both(place, base));
    },
  },
];

const PLUGIN = `
import { cloudflare } from '@cloudflare/vite-plugin';
export default { plugins: [cloudflare({ inspectorPort: false })] };
`;
