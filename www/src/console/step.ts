import type { Step } from 'tell-connect/machine';
import { formatClock } from '../dates.ts';
import { el } from '../dom.ts';
import { asCurl, asFetch, asJson } from './copy.ts';
import { isFailed } from './filter.ts';
import { guideFor, pathOf, stepName } from './guide.ts';
import { reasonView } from './reason.ts';
import { type Text, textBlock } from './texts.ts';
import { duration } from './waterfall.ts';

type Sent = NonNullable<Step['request']>;
type Signed = NonNullable<Step['signed']>;
type Answer = NonNullable<Step['response']>;

/** What a call needs of the console around it. */
export interface Around {
  isExact(): boolean;
  copy(what: string, text: string): Promise<void>;
}

function part(title: string, ...children: (Node | string)[]): HTMLElement {
  return el('section', { class: 'step-part' }, el('h4', {}, title), ...children);
}

function headerList(headers: Sent['headers']): HTMLElement[] {
  const lines = Object.entries(headers).map(([name, value]) =>
    el('div', {}, el('dt', {}, name), el('dd', {}, String(value))));
  return lines.length > 0 ? [el('dl', { class: 'headers' }, ...lines)] : [];
}

/** Bytes as a reader counts them. */
export const bytes = (size: number): string =>
  size < 1024 ? `${size} ${size === 1 ? 'byte' : 'bytes'}` : `${(size / 1024).toFixed(1)} KiB`;

const utf8 = new TextEncoder();

/** How much of a body is shown, where that is not all. */
function sizeNote({ body, size }: Answer): string | undefined {
  if (size === undefined) return undefined;
  if (body === undefined) return size === 0 ? 'No body came.' : `A body of ${bytes(size)} came. It is not shown.`;
  const shown = utf8.encode(body).length;
  return shown < size ? `Its first ${bytes(shown)} of ${bytes(size)}.` : bytes(size);
}

function fillStep(place: HTMLElement, step: Step, { isExact, copy }: Around): void {
  const { call, request, signed, response, note } = step;
  const text = (of: Text): HTMLElement =>
    el('div', { class: 'step-text' }, el('p', { class: 'label' }, of.name), textBlock(of, isExact()));
  const sentPart = ({ method, url, headers, body }: Sent): HTMLElement => {
    const section = part('Sent', el('p', { class: 'call-line' }, el('b', {}, method), ' ', url), ...headerList(headers));
    if (body) section.append(text({ name: 'Body', exactly: 'as sent', text: body }));
    return section;
  };
  const signedPart = ({ header, payload }: Signed): HTMLElement => part(
    'Signed',
    text({ name: 'Header', exactly: 'as signed', text: header }),
    text({ name: 'Payload', exactly: 'as signed', text: payload }),
  );
  const answerPart = (answer: Answer): HTMLElement => {
    const { status, body, size } = answer;
    if (status === null) return part('Came back', el('p', {}, 'No answer came.'));
    const section = part('Came back', el('p', { class: 'call-line' }, el('b', {}, String(status))));
    const told = sizeNote(answer);
    if (told !== undefined) section.append(el('p', { class: 'label' }, told));
    if (body) {
      const isCut = size !== undefined && utf8.encode(body).length < size;
      section.append(text({ name: 'Answer', exactly: 'as it came', text: body, isCut }));
    }
    return section;
  };
  const copies = Object.entries({ curl: asCurl(step), fetch: asFetch(step), JSON: asJson(step) })
    .flatMap(([what, line]) => {
      if (line === undefined) return [];
      const button = el('button', { type: 'button', class: 'button button-quiet button-small' }, `Copy as ${what}`);
      button.addEventListener('click', () => void copy(what, line));
      return [button];
    });
  const { demand } = guideFor(call);
  if (demand !== '') place.append(el('p', { class: 'step-demand' }, demand));
  if (note !== undefined) place.append(el('p', { class: 'step-note' }, note));
  place.append(el('p', { class: 'step-copies' }, ...copies));
  if (request) place.append(sentPart(request));
  if (signed) place.append(signedPart(signed));
  if (response) place.append(answerPart(response));
}

function statusChip(step: Step): HTMLElement[] {
  const { response } = step;
  if (!response) return [];
  const tone = isFailed(step) ? 'chip-bad' : 'chip-good';
  return [el('span', { class: `chip ${tone}` }, response.status === null ? 'no answer' : String(response.status))];
}

/** One call: its line, its reason if it failed, and all of it once it is opened. */
export function stepView(step: Step, around: Around): HTMLLIElement {
  const { request, ms } = step;
  const place = el('div', { class: 'step-body' });
  const reason = reasonView(step);
  const details = el(
    'details',
    { class: 'step', 'data-testid': 'journey-step', 'data-call': step.call },
    el(
      'summary',
      {},
      el('h3', { class: 'step-name' }, stepName(step.call, request?.url)),
      ...statusChip(step),
      el('span', { class: 'step-call' }, request ? `${request.method} ${pathOf(request.url)}` : ''),
      el('span', { class: 'step-ms' }, ms === undefined ? '' : duration(ms)),
      el('span', { class: 'step-span' }),
      el('time', { class: 'step-time', datetime: step.at }, formatClock(step.at)),
    ),
    place,
  );
  const item = el('li', { class: reason ? 'step-item step-failed' : 'step-item' }, details);
  if (reason) item.append(reason);
  let isFilled = false;
  details.addEventListener('toggle', () => {
    // A bank's answers can be long: a step is built when it is first opened.
    if (!isFilled) fillStep(place, step, around);
    isFilled = true;
    // The reason stays beside the call's line, whatever is open below it.
    if (reason) details.open ? place.prepend(reason) : item.append(reason);
  });
  return item;
}
