// Mermaid's small build is a classic script that sets a global.
import script from '@mermaid-js/tiny/dist/mermaid.tiny.js?url';

interface Mermaid {
  initialize(options: { startOnLoad: boolean; theme: string }): void;
  render(id: string, text: string): Promise<{ svg: string }>;
}

let loaded: Promise<Mermaid> | undefined;
let drawing: Promise<unknown> = Promise.resolve();
let count = 0;

const load = (): Promise<Mermaid> => loaded ??= new Promise((resolve, reject) => {
  const element = Object.assign(document.createElement('script'), { src: script, onerror: reject });
  element.onload = () => resolve((globalThis as unknown as { mermaid: Mermaid }).mermaid);
  document.head.append(element);
});

/** The diagram as SVG. One is drawn at a time: the theme is the library's, not the diagram's. */
export function mermaid(text: string, theme: string): Promise<string> {
  const svg = drawing.then(load).then(async (library) => {
    library.initialize({ startOnLoad: false, theme });
    return (await library.render(`diagram-${count += 1}`, text)).svg;
  });
  drawing = svg.catch(() => undefined);
  return svg;
}
