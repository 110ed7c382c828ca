// What the page takes of the Markdown documents: the states of docs/consent.md, and pages to read beside the console.
import { marked } from 'marked';
import type { Plugin } from 'vite';

const CONSENT = 'virtual:consent';

/** The pages, by name. A link from one to another is kept; what is elsewhere is named and not linked. */
const PAGES: Readonly<Record<string, string>> = {
  'docs/protocol.html': 'docs/protocol.md',
  'docs/readme.html': 'README.md',
  'docs/console.html': 'docs/guide/console.md',
};

const pathOf = (document: string): string => decodeURIComponent(new URL(`../${document}`, import.meta.url).pathname);

/** The diagram and the table of docs/consent.md as values. */
export function consentModule(markdown: string): string {
  const edges = [...markdown.matchAll(/^\s*(\[\*\]|[a-z_]+) --> (\[\*\]|[a-z_]+) : (.+)$/gm)]
    .map((edge) => edge.slice(1));
  const rows = [...markdown.matchAll(/^\| `([a-z_]+)` \| ([^|]+) \|/gm)];
  const states = Object.fromEntries(rows.map(([, name, holds]) => [name, (holds ?? '').replaceAll('`', '')]));
  return `export const EDGES = ${JSON.stringify(edges)};\nexport const STATES = ${JSON.stringify(states)};\n`;
}

/** A document as a page's inside: each rule of a table and each heading can be linked to. */
export function pageInside(markdown: string, document: string): string {
  const html = marked.parse(markdown, { async: false });
  const folder = document.split('/').slice(0, -1).join('/');
  return html
    .replace(/<td>([A-Z]{3}-\d+[a-z]?)\b/g, '<td id="$1">$1')
    .replace(/<h([1-6])>(.*?)<\/h\1>/g, (_, level, words: string) =>
      `<h${level} id="${words.replace(/<[^>]+>|&[a-z0-9#]+;|[^\p{L}\p{N} _-]/gu, '').toLowerCase().replaceAll(' ', '-')}">`
      + `${words}</h${level}>`)
    .replaceAll('<th></th>', '<td></td>')
    .replace(/<table>[\s\S]*?<\/table>/g, '<div class="table" tabindex="0" role="group" aria-label="Table">$&</div>')
    .replace(/<pre>/g, '<pre class="code" tabindex="0">')
    .replace(/<img [^>]*>/g, '')
    .replace(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/g, (link, href: string, words: string) => {
      if (/^(#|https?:)/.test(href)) return link;
      const [path = '', anchor] = new URL(href, `file:///${folder}/`).href.slice('file:///'.length).split('#');
      const page = Object.entries(PAGES).find(([, source]) => source === path.replace(/^\/+/, ''))?.[0];
      return page === undefined ? words : `<a href="/${page}${anchor ? `#${anchor}` : ''}">${words}</a>`;
    });
}

export function documents(): Plugin {
  return {
    name: 'documents',
    resolveId: (id) => (id === CONSENT ? `\0${CONSENT}` : undefined),
    async load(id) {
      if (id !== `\0${CONSENT}`) return undefined;
      return consentModule(await this.fs.readFile(pathOf('docs/consent.md'), { encoding: 'utf8' }));
    },
    async generateBundle(_, bundle) {
      const style = Object.values(bundle).find(({ fileName }) => /^assets\/index-.*\.css$/.test(fileName))?.fileName;
      for (const [fileName, document] of Object.entries(PAGES)) {
        const markdown = await this.fs.readFile(pathOf(document), { encoding: 'utf8' });
        const title = /^# (.+)$/m.exec(markdown)?.[1] ?? document;
        this.emitFile({ type: 'asset', fileName, source: pageOf(title, `/${style}`, pageInside(markdown, document)) });
      }
    },
  };
}

const pageOf = (title: string, style: string, inside: string): string => `<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} · tell-connect</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="${style}">
    <link rel="stylesheet" href="/document.css">
  </head>
  <body>
    <main class="wrap document">
      <p><a href="/">Back to the page</a></p>
${inside}
    </main>
  </body>
</html>
`;
