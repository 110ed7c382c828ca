/** Which Markdown files of the project are pages, where each stands in the site, and how one finds it. */

import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** Pages from outside `docs/`, which stay where a reader of the repository looks for them. */
const OUTSIDE: Readonly<Record<string, string>> = {
  'SECURITY.md': 'project/security.md',
  'CONTRIBUTING.md': 'project/contributing.md',
  'CHANGELOG.md': 'project/changelog.md',
  'worker/STORAGE.md': 'operations/storage.md',
  'benches/RESULTS.md': 'project/speed.md',
  'sandbox/README.md': 'guide/sandbox.md',
  ...Object.fromEntries(globSync('examples/*/README.md', { cwd: ROOT }).map((file) =>
    [file, file.replace('/README.md', '.md')])),
};

/** What else holds Markdown. */
export const NO_PAGES = [
  'README.md', 'target/**', 'pkg/**', 'src/**', 'wasm/**', 'www/**', 'tests/**', 'fuzz/**', 'tools/**', 'scripts/**',
  'sandbox/*/**', 'worker/*/**', 'benches/*/**', 'examples/*/*/**',
];

/** Files that are in the site as they are. */
export const FILES: Readonly<Record<string, string>> = {
  'www/public/favicon.svg': 'favicon.svg',
  'docs/reference/openapi.json': 'reference/openapi.json',
};

/** Where a file stands in the site. */
export const pageOf = (file: string): string => OUTSIDE[file] ?? FILES[file] ?? file.replace(/^docs\//, '');

const isThere = (file: string): boolean =>
  file in FILES || file in OUTSIDE || (file.startsWith('docs/') && file.endsWith('.md'));

/** Where in the site a link to a file or a folder of the project leads; `undefined` where it is not there. */
export function linkedPage(path: string): string | undefined {
  const file = [path, `${path}/README.md`].find(isThere);
  return file === undefined ? undefined : `/${pageOf(file)}`;
}

export interface Link {
  readonly text: string;
  readonly link: string;
}

/** Links to the files that are there, under their titles. */
export const linksTo = (files: readonly string[]): Link[] => files.filter((file) => existsSync(join(ROOT, file))).map((file) => {
  const title = /^# (.+)$/m.exec(readFileSync(join(ROOT, file), 'utf8'))?.[1] ?? basename(file, '.md');
  return { text: title.replaceAll('`', ''), link: `/${pageOf(file)}` };
});

/** Links to the pages of a folder of `docs/`: those named first in that order, and any other after them. */
export function folder(name: string, first: readonly string[]): Link[] {
  const named = first.map((page) => `docs/${name}/${page}.md`);
  const others = globSync(`docs/${name}/*.md`, { cwd: ROOT }).filter((file) => !named.includes(file)).sort();
  return linksTo([...named, ...others]);
}
