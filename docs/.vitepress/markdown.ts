/** What the site makes of the repository's Markdown: links, anchors and diagrams. */

import { relative, resolve } from 'node:path';
import type { MarkdownEnv, MarkdownRenderer } from 'vitepress';
import { linkedPage, ROOT } from './pages.ts';

/**
 * Links between the files of the repository, as links between the pages of the site. A link to a file that is no page,
 * such as a source, keeps its words and leads nowhere: the site may be read where the repository is not.
 */
export function linkPages(md: MarkdownRenderer): void {
  md.core.ruler.push('link_pages', ({ tokens, env }) => {
    const from = relative(ROOT, (env as MarkdownEnv & { realPath?: string }).realPath ?? (env as MarkdownEnv).path);
    for (const { children } of tokens) {
      let isDropped = false;
      for (const token of children ?? []) {
        if (token.type === 'link_close' && isDropped) {
          [token.tag, isDropped] = ['span', false];
        }
        const href = token.type === 'link_open' ? token.attrGet('href') : null;
        if (href === null || /^(?:[a-z]+:|#|\/)/.test(href)) continue;
        const [path = '', anchor] = href.split('#');
        const page = linkedPage(relative(ROOT, resolve(ROOT, from, '..', path)));
        if (page === undefined) [token.tag, token.attrs, isDropped] = ['span', null, true];
        else token.attrSet('href', anchor === undefined ? page : `${page}#${anchor}`);
      }
    }
  });
}

/** A heading's anchor, as GitHub makes it, so that one link serves both. */
export const anchorOf = (heading: string): string =>
  heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');

/** A fence of Mermaid, as the component that draws it. */
export function drawDiagrams(md: MarkdownRenderer): void {
  const { fence } = md.renderer.rules;
  md.renderer.rules.fence = (tokens, index, ...more) => {
    const token = tokens[index];
    if (token?.info.trim() === 'mermaid') return `<Diagram text="${encodeURIComponent(token.content)}" />`;
    return fence?.(tokens, index, ...more) ?? '';
  };
}
