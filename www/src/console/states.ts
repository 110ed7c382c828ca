import { EDGES, STATES } from 'virtual:consent';
import type { CallLog } from 'tell-connect/machine';
import type { Scope } from '../api.ts';
import { el } from '../dom.ts';
import { svg } from './svg.ts';

/** Before the start and after the end. */
const NOTHING = '[*]';
const BOX = { width: 122, height: 32 };
const WIDTH = 340;
const ROW = 50;
const TOP = 34;

const SPENT = 'Its one payment was sent. Tokens are refreshed as before, so that its status can be asked for.';
const NONE = 'No consent is kept for this browser.';

interface Place {
  x: number;
  y: number;
}

/** States that lead to others stand on the left, in their order; those that only end on the right. */
function placesOf(): Map<string, Place> {
  const goesOn = (state: string): boolean => EDGES.some(([from, to]) => from === state && to !== NOTHING);
  const names = Object.keys(STATES);
  const columns = [names.filter(goesOn), names.filter((name) => !goesOn(name))];
  const tallest = Math.max(...columns.map(({ length }) => length));
  return new Map(columns.flatMap((column, at) => column.map((name, row) => [name, {
    x: at === 0 ? 1 : WIDTH - BOX.width - 1,
    y: TOP + row * ((ROW * tallest) / column.length),
  }] as const)));
}

/** The line of an edge: down the left, back beside it, or across. */
function lineOf(from: Place, to: Place): string {
  const middle = (place: Place): number => place.y + BOX.height / 2;
  if (from.x !== to.x) {
    const [start, end] = [from.x + BOX.width, to.x - 5];
    return `M${start} ${middle(from)}C${start + 46} ${middle(from)} ${end - 46} ${middle(to)} ${end} ${middle(to)}`;
  }
  const isBack = to.y < from.y;
  const x = from.x + BOX.width * (isBack ? 0.36 : 0.5);
  return isBack ? `M${x} ${from.y}V${to.y + BOX.height + 5}` : `M${x} ${from.y + BOX.height}V${to.y - 5}`;
}

const arrowAt = (id: string): SVGElement => svg(
  'marker',
  { id, viewBox: '0 0 6 6', refX: 1, refY: 3, markerWidth: 6, markerHeight: 6, markerUnits: 'userSpaceOnUse',
    orient: 'auto' },
  svg('path', { d: 'M0 0L6 3L0 6Z' }),
);

const inWords = (state: string): string => state.replaceAll('_', ' ');
const named = (state: string): string => (state === NOTHING ? 'nothing is kept' : inWords(state));


function drawing(now: string, phase: string): SVGElement {
  const places = placesOf();
  const height = Math.max(...[...places.values()].map(({ y }) => y)) + BOX.height + 2;
  const start: Place = { x: 1, y: -BOX.height + 12 };
  // What leads on from here is drawn last, over all else.
  const lines = EDGES.filter(([, to]) => to !== NOTHING)
    .map(([from, to]) => ({ from, to, isOn: from === phase }))
    .sort((a, b) => Number(a.isOn) - Number(b.isOn))
    .flatMap(({ from, to, isOn }) => {
      const [begin, end] = [from === NOTHING ? start : places.get(from), places.get(to)];
      if (begin === undefined || end === undefined) return [];
      const arrow = `url(#${isOn ? 'arrow-on' : 'arrow'})`;
      return [svg('path', { class: isOn ? 'edge edge-on' : 'edge', d: lineOf(begin, end), 'marker-end': arrow })];
    });
  const boxes = [...places].map(([name, { x, y }]) => {
    const isOn = name === phase;
    const label = isOn ? now : name;
    return svg(
      'g',
      { class: isOn ? 'state-box state-on' : 'state-box' },
      svg('rect', { x, y, width: BOX.width, height: BOX.height, rx: 8 }),
      svg('text', { x: x + BOX.width / 2, y: y + BOX.height / 2 + 4.5, 'text-anchor': 'middle' }, inWords(label)),
    );
  });
  const dot = svg('circle', {
    class: phase === NOTHING ? 'state-start state-on' : 'state-start', cx: 1 + BOX.width / 2, cy: 7, r: 5,
  });
  return svg(
    'svg',
    {
      class: 'states', viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'data-state': now,
      'aria-label': `The states of a consent and the ways between them. Now: ${named(now)}.`,
    },
    svg('defs', {}, arrowAt('arrow'), arrowAt('arrow-on')),
    ...lines,
    dot,
    ...boxes,
  );
}

/** The diagram of docs/consent.md with the current state lit, what holds in it, and all of it in words. */
export function statesFigure(state: CallLog['state'], scope: Scope): HTMLElement {
  const now: string = state ?? NOTHING;
  // Callers are told of a spent consent in place of an active one.
  const phase = now === 'spent' ? 'active' : now;
  const holds = now === 'spent' ? SPENT : (STATES[now] ?? '');
  const ways = EDGES.filter(([from]) => from === phase);
  const toWords = ([, to, words]: (typeof EDGES)[number]): HTMLElement =>
    el('li', {}, el('b', {}, named(to)), `: ${words}`);
  const all = [NOTHING, ...Object.keys(STATES)].map((name) => el(
    'li', {}, el('b', {}, named(name)), name === NOTHING ? '' : `: ${STATES[name]}`,
    el('ul', {}, ...EDGES.filter(([from]) => from === name).map(toWords)),
  ));
  return el(
    'details',
    { class: 'console-part', 'data-testid': 'journey-state' },
    el('summary', {}, el('h3', {}, scope === 'pisp' ? 'The payment’s consent' : 'The consent'), ' ',
      el('span', { class: 'chip chip-state' }, named(now))),
    el('div', { class: 'console-inside' },
      drawing(now, phase),
      now === NOTHING ? el('p', {}, NONE) : el('p', {}, el('b', {}, named(now)), `: ${holds}`),
      el('p', { class: 'label' }, 'From here'),
      el('ul', { class: 'state-ways' }, ...ways.map(toWords)),
      el('details', { class: 'raw' }, el('summary', {}, 'All states and where they lead, in words'),
        el('ul', { class: 'state-list' }, ...all))),
  );
}
