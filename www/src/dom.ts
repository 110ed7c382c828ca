import { layOutJson } from './json.ts';

type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** An element with attributes and children. Text is always a text node: data never becomes markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children);
  return element;
}

/** The element that index.html promises. */
export function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`index.html has no ${type.name} #${id}`);
  return element;
}

/** Lets the browser paint and take input before more is done: on a phone a long list takes its time. */
export const breathe = (): Promise<void> =>
  'scheduler' in window && 'yield' in window.scheduler ? window.scheduler.yield() : new Promise((go) => setTimeout(go));

/** Runs `work` with the button disabled and marked busy, so that nothing is asked for twice. */
export async function whileBusy(button: HTMLButtonElement, work: () => Promise<void>): Promise<void> {
  const hadFocus = document.activeElement === button;
  button.disabled = true;
  button.setAttribute('aria-busy', 'true');
  try {
    await work();
  } finally {
    button.disabled = false;
    button.removeAttribute('aria-busy');
    // A disabled button loses the keyboard's place on the page; it gets it back unless something else has taken it.
    if (hadFocus && button.isConnected && document.activeElement === document.body) button.focus();
  }
}

/** A button whose work keeps it busy. */
export function button(label: string, kind: 'primary' | 'quiet', work: () => Promise<void>): HTMLButtonElement {
  const element = el('button', { type: 'button', class: `button button-${kind}` }, label);
  element.addEventListener('click', () => void whileBusy(element, work));
  return element;
}

/** Code to read. It can scroll, so the keyboard can reach it. */
export function codeBlock(label: string, text: string, attributes: Attributes = {}): HTMLPreElement {
  return el('pre', { class: 'code', tabindex: '0', role: 'group', 'aria-label': label, ...attributes }, text);
}

/** JSON laid out and lightly coloured; any other text as it is. */
export function jsonBlock(label: string, text: string, isCut = false): HTMLPreElement {
  const pieces = layOutJson(text, isCut);
  if (!pieces) return codeBlock(label, text);
  const block = codeBlock(label, '');
  for (const { kind, text: token } of pieces) {
    block.append(kind === 'mark' ? token : el('span', { class: `json-${kind}` }, token));
  }
  return block;
}

/** JSON that the page has no words for, folded away but there. */
export function rawDetails(summary: string, raw: string): HTMLDetailsElement {
  return el('details', { class: 'raw' }, el('summary', {}, summary), jsonBlock(summary, raw));
}
