import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { anchorOf, drawDiagrams, linkPages } from './markdown.ts';
import { FILES, folder, linksTo, NO_PAGES, pageOf, ROOT } from './pages.ts';

const GUIDE = [
  'start', 'examples', 'account-access', 'payments', 'reading-answers', 'without-the-customer', 'refused', 'packaging',
  'page', 'console', 'simulator',
];
const REFERENCE = [
  'http', 'http-api', 'problems', 'backend', 'settings', 'profile', 'package', 'errors', 'statistics', 'doctor', 'commands', 'layout',
];
const OPERATIONS = ['deploy', 'secrets', 'keys', 'jurisdiction', 'limits', 'audit', 'alarms', 'incidents', 'cost'];
const EXAMPLES = [
  'worker', 'browser', 'edge', 'backend', 'nextjs', 'sandbox-in-a-test', 'shop', 'sync', 'edge-payment',
];
const API = ['tell-connect', 'tell-connect/views', 'tell-connect/edge', 'tell-connect/machine', 'tell-connect/worker'];

export default defineConfig({
  title: 'tell-connect',
  description: 'Connect a web app to a UK bank through the tell.connect gateway',
  lang: 'en-GB',
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: '/favicon.svg' }]],
  // The repository's own folder: what stands beside docs/ is in the site too.
  srcDir: '..',
  srcExclude: NO_PAGES,
  rewrites: pageOf,
  ignoreDeadLinks: 'localhostLinks',
  outDir: '../target/docs/site',
  cacheDir: '../target/docs/cache',
  // Mermaid is one file, which pages with a diagram alone load.
  vite: { publicDir: false, build: { chunkSizeWarningLimit: 1000 } },
  buildEnd: ({ outDir }) => {
    for (const [file, place] of Object.entries(FILES)) copyFileSync(join(ROOT, file), join(outDir, place));
  },
  markdown: {
    anchor: { slugify: anchorOf },
    config: (md) => {
      linkPages(md);
      drawDiagrams(md);
    },
  },
  themeConfig: {
    outline: [2, 3],
    search: { provider: 'local' },
    nav: [
      { text: 'Guide', link: '/guide/start.md', activeMatch: '^/(guide|examples)/' },
      { text: 'Reference', link: '/reference/http.md', activeMatch: '^/reference/(?!api)' },
      { text: 'API', link: '/reference/api/tell-connect.md', activeMatch: '^/reference/api/' },
      { text: 'Operations', link: '/operations/deploy.md', activeMatch: '^/operations/' },
    ],
    sidebar: [
      { text: 'Guide', items: [...folder('guide', GUIDE), ...linksTo(['sandbox/README.md'])] },
      {
        text: 'Examples', collapsed: true,
        items: linksTo(EXAMPLES.map((example) => `examples/${example}/README.md`)),
      },
      { text: 'Reference', items: folder('reference', REFERENCE) },
      { text: 'API', items: linksTo(API.map((entry) => `docs/reference/api/${entry}.md`)) },
      { text: 'Operations', items: [...folder('operations', OPERATIONS), ...linksTo(['worker/STORAGE.md'])] },
      {
        text: 'How it works',
        items: linksTo(['docs/protocol.md', 'docs/consent.md', 'docs/architecture.md', 'docs/conformance.md', 'benches/RESULTS.md']),
      },
      { text: 'Project', items: linksTo(['SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md']) },
    ],
    footer: { message: 'Not affiliated with tell.money, Pockit or any bank.' },
  },
});
