import type { Step } from './api.ts';
import { formatClock } from './dates.ts';
import { codeBlock, el, jsonBlock } from './dom.ts';
import { guideFor, pathOf, stepName } from './protocol.ts';

type Sent = NonNullable<Step['request']>;
type Signed = NonNullable<Step['signed']>;
type Answer = NonNullable<Step['response']>;

function part(title: string, ...children: (Node | string)[]): HTMLElement {
  return el('section', { class: 'step-part' }, el('h4', {}, title), ...children);
}

function sentPart({ method, url, headers, body }: Sent): HTMLElement {
  const lines = Object.entries(headers ?? {}).map(([name, value]) =>
    el('div', {}, el('dt', {}, name), el('dd', {}, String(value))),
  );
  const section = part('Sent', el('p', { class: 'call-line' }, el('b', {}, method), ' ', url));
  if (lines.length > 0) section.append(el('dl', { class: 'headers' }, ...lines));
  // Shown as sent and not laid out: these are the bytes that are signed.
  if (body !== undefined && body !== '') section.append(codeBlock('Body as sent', body));
  return section;
}

function signedPart({ header, payload }: Signed): HTMLElement {
  const both = (name: string, text: string): HTMLElement =>
    el(
      'div',
      { class: 'signed' },
      el('div', {}, el('p', { class: 'label' }, `${name}, to read`), jsonBlock(`${name}, laid out to read`, text)),
      el('div', {}, el('p', { class: 'label' }, `${name}, exactly as signed`), codeBlock(`${name}, as signed`, text)),
    );
  return part('Signed', both('Header', header), both('Payload', payload));
}

function answerPart({ status, body }: Answer): HTMLElement {
  if (status === null) return part('Came back', el('p', {}, 'No answer came.'));
  const section = part('Came back', el('p', { class: 'call-line' }, el('b', {}, String(status))));
  if (body !== undefined && body !== '') section.append(jsonBlock('Body that came back', body));
  return section;
}

function statusChip(response: Answer | undefined): HTMLElement[] {
  if (!response) return [];
  const { status } = response;
  if (status === null) return [el('span', { class: 'chip chip-bad' }, 'no answer')];
  return [el('span', { class: `chip ${status < 400 ? 'chip-good' : 'chip-bad'}` }, String(status))];
}

function fillStep(body: HTMLElement, { call, request, signed, response, note }: Step): void {
  const { demand } = guideFor(call);
  if (demand !== '') body.append(el('p', { class: 'step-demand' }, demand));
  if (note !== undefined) body.append(el('p', { class: 'step-note' }, note));
  if (request) body.append(sentPart(request));
  if (signed) body.append(signedPart(signed));
  if (response) body.append(answerPart(response));
}

function stepView(step: Step): HTMLElement {
  const body = el('div', { class: 'step-body' });
  const { request } = step;
  const details = el(
    'details',
    { class: 'step', 'data-testid': 'journey-step', 'data-call': step.call },
    el(
      'summary',
      {},
      el('h3', { class: 'step-name' }, stepName(step.call, request?.url)),
      ...statusChip(step.response),
      el('span', { class: 'step-call' }, request ? `${request.method} ${pathOf(request.url)}` : ''),
      el('time', { class: 'step-time', datetime: step.at }, formatClock(step.at)),
    ),
    body,
  );
  // A bank's answers can be long: a step is built when it is first opened.
  details.addEventListener('toggle', () => fillStep(body, step), { once: true });
  return el('li', {}, details);
}

/** The elements of index.html that make up the panel. */
export interface JourneyPlaces {
  panel: HTMLElement;
  list: HTMLElement;
  empty: HTMLElement;
  jump: HTMLElement;
}

/**
 * The journey panel. `refresh` is called after an action, never by a timer. Steps that are shown already stay as they
 * are, so that one which is being read does not close. `onShown` is called once, when the worker first shows a journey.
 */
export function mountJourney(
  { panel, list, empty, jump }: JourneyPlaces,
  ask: () => Promise<Step[] | undefined>,
  onShown: () => void,
) {
  let shown: string[] = [];
  let running: Promise<void> | undefined;
  let again = false;
  let announced = false;

  function show(steps: readonly Step[]): void {
    const texts = steps.map((step) => JSON.stringify(step));
    const changed = texts.findIndex((text, index) => text !== shown[index]);
    const from = changed === -1 ? texts.length : changed;
    while (list.children.length > from) list.lastElementChild?.remove();
    list.append(...steps.slice(from).map(stepView));
    shown = texts;
    empty.hidden = steps.length > 0;
  }

  async function load(): Promise<void> {
    do {
      again = false;
      try {
        const steps = await ask();
        const visible = steps !== undefined;
        panel.hidden = !visible;
        jump.hidden = !visible;
        show(steps ?? []);
        if (visible && !announced) {
          announced = true;
          onShown();
        }
      } catch {
        // The panel explains and is needed for nothing: what it last showed stays, and the next action asks again.
      }
    } while (again);
    running = undefined;
  }

  return {
    /** Asks for the steps; calls that come while one is under way share the one after it. */
    refresh(): Promise<void> {
      if (running) again = true;
      else running = load();
      return running;
    },
  };
}
