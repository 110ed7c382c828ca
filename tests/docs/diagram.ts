/** Reads the Mermaid state diagrams and the tables of a Markdown file, as far as these documents use them. */

/** Every edge as `from --> to`, in the diagram's order. `[*]` is both the start and the end. */
export function edgesOf(markdown: string): string[] {
  const diagram = /^```mermaid\nstateDiagram-v2\n([\s\S]*?)^```$/m.exec(markdown)?.[1] ?? '';
  return lines(diagram).map((line) => {
    const edge = /^(\[\*\]|[a-z_]+) --> (\[\*\]|[a-z_]+) : [^:;]+$/.exec(line);
    if (edge === null) throw new Error(`the diagram has a line that is no edge: ${line}`);
    return `${edge[1]} --> ${edge[2]}`;
  });
}

/** The states that edges are drawn between. */
export const statesOf = (edges: readonly string[]): string[] =>
  [...new Set(edges.flatMap((edge) => edge.split(' --> ')))].filter((state) => state !== '[*]');

/** The cells of the table under a heading, row by row, without the head. */
export function tableUnder(markdown: string, heading: string): string[][] {
  const section = markdown.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`there is no heading "${heading}"`);
  const rows = lines(section).filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) => row.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()));
}

/** What stands in backquotes. */
export const quotedIn = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, quoted = '']) => quoted);

const lines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
