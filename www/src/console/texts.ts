import { codeBlock, jsonBlock } from '../dom.ts';

/** A text of a call, and what it is. */
export interface Text {
  /** Such as `Payload`. */
  name: string;
  /** What it is when it stands there exactly: `as signed`. */
  exactly: string;
  text: string;
  /** Only its beginning is there. */
  isCut?: boolean;
}

const shown = new WeakMap<Element, Text>();

/** A text laid out to read, or exactly as it was. */
export function textBlock(text: Text, isExact: boolean): HTMLPreElement {
  const block = isExact
    ? codeBlock(`${text.name}, ${text.exactly}`, text.text)
    : jsonBlock(`${text.name}, laid out`, text.text, text.isCut);
  block.classList.add('call-text');
  shown.set(block, text);
  return block;
}

/** Shows every text below an element the other way. */
export function showTexts(root: Element, isExact: boolean): void {
  for (const block of root.querySelectorAll('.call-text')) {
    const text = shown.get(block);
    if (text !== undefined) block.replaceWith(textBlock(text, isExact));
  }
}
