import './console.css';
import type { Step } from 'tell-connect/machine';
import { el } from '../dom.ts';
import { type Filter, isFailed, matches } from './filter.ts';
import { KINDS, guideFor } from './guide.ts';
import type { Console, Journey } from './journey.ts';
import { keepChoices, readChoices } from './kept.ts';
import { linkList } from './links.ts';
import { statesFigure } from './states.ts';
import { stepView } from './step.ts';
import { showTexts } from './texts.ts';
import { drawSpans } from './waterfall.ts';

const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? '' : 's'}`;

/** The developer's console: the calls with their reasons, what they are looked for by, and the consent's state. */
export function mountConsole(host: HTMLElement): Console {
  const choices = readChoices();
  let journey: Journey = { scope: 'aisp', log: { steps: [] } };
  /** The list's items by what they show, so that one that is being read stays as it is. */
  let items = new Map<string, HTMLLIElement>();

  const sought = el('input', { id: 'console-text', type: 'search', autocomplete: 'off', spellcheck: 'false' });
  const kind = el('select', { id: 'console-kind' }, el('option', { value: '' }, 'All'),
    ...KINDS.map((name) => el('option', { value: name }, guideFor(name).name)));
  const failedOnly = el('input', { type: 'checkbox' });
  const exact = el('input', { type: 'checkbox', role: 'switch' });
  exact.checked = choices.isExact;
  const clear = el('button', { type: 'button', class: 'button button-quiet button-small' }, 'Clear');
  const status = el('p', { class: 'console-status', role: 'status', 'data-testid': 'journey-status' });
  const all = el('button', { type: 'button', class: 'button button-quiet button-small' }, 'Show all');
  const empty = el('p', { class: 'journey-empty' });
  const list = el('ol', { class: 'steps' });
  const links = el('nav', { 'aria-label': 'More for developers' });
  const states = el('div', {});
  const signing = el('div', {});
  const signingPart = el(
    'section',
    { class: 'signing', 'aria-labelledby': 'signing-title', hidden: true },
    el('h3', { id: 'signing-title' }, 'Try the signing'),
    el('p', {}, 'This runs in your browser, with the package’s browser build. It shapes a request and what is to be '
      + 'signed, and it cannot sign: it holds no key and has no code for one.'),
    signing,
  );
  const field = (label: string, input: HTMLElement): HTMLElement =>
    el('div', { class: 'field' }, el('label', { for: input.id }, label), input);
  host.replaceChildren(
    links,
    states,
    el(
      'div',
      { class: 'console-tools', role: 'search', 'aria-label': 'Calls' },
      field('Find', sought),
      field('Kind', kind),
      el('label', { class: 'console-choice' }, failedOnly, 'Failed only'),
      el('label', { class: 'console-choice' }, exact, 'As signed'),
    ),
    el('div', { class: 'console-line' }, status, all, clear),
    empty,
    list,
    signingPart,
  );
  let tries: Promise<unknown> | undefined;

  const filter = (): Filter =>
    ({ text: sought.value, kind: kind.value as Filter['kind'], failedOnly: failedOnly.checked });

  async function copy(what: string, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = `Copied as ${what}.`;
    } catch {
      status.textContent = 'The browser does not let the page copy.';
    }
  }

  /** What the list is to hold. What is there already stays, unless what goes before it has changed. */
  function fill(steps: readonly Step[]): void {
    const next = new Map<string, HTMLLIElement>();
    for (const step of steps) {
      let text = JSON.stringify(step);
      while (next.has(text)) text += ' ';
      next.set(text, items.get(text) ?? stepView(step, { isExact: () => choices.isExact, copy }));
    }
    const wanted = [...next.values()];
    const changed = wanted.findIndex((item, at) => item !== list.children[at]);
    const from = changed === -1 ? wanted.length : changed;
    while (list.children.length > from) list.lastElementChild?.remove();
    list.append(...wanted.slice(from));
    drawSpans(wanted, steps);
    items = next;
  }

  function render(): void {
    const { steps } = journey.log;
    const cleared = choices.cleared[journey.scope] ?? '';
    const kept = steps.filter(({ at }) => at > cleared);
    const found = kept.filter((step) => matches(step, filter()));
    fill(found);
    const failed = found.filter(isFailed).length;
    const hidden = steps.length - found.length;
    status.textContent = [
      count(found.length, 'call'), failed > 0 && `${failed} failed`, hidden > 0 && `${hidden} hidden`,
    ].filter(Boolean).join(', ');
    status.hidden = steps.length === 0;
    empty.hidden = found.length > 0;
    empty.textContent = steps.length === 0
      ? 'No calls yet. Connect a bank, and each one is shown here.'
      : kept.length === 0 ? 'Cleared. The next call is shown here.' : 'No call matches.';
    all.hidden = hidden === 0;
    clear.hidden = kept.length === 0;
    // The package's wasm is for whoever has seen a call; its failure concerns nothing else.
    if (steps.length > 0) {
      tries ??= import('./signing.ts').then(({ mountSigning }) => mountSigning(signing))
        .then(() => (signingPart.hidden = false)).catch(() => signingPart.remove());
    }
  }

  for (const input of [sought, kind, failedOnly]) input.addEventListener('input', render);
  exact.addEventListener('change', () => {
    choices.isExact = exact.checked;
    keepChoices(choices);
    showTexts(list, choices.isExact);
  });
  clear.addEventListener('click', () => {
    choices.cleared = { ...choices.cleared, [journey.scope]: journey.log.steps.at(-1)?.at ?? '' };
    keepChoices(choices);
    render();
    all.focus();
  });
  all.addEventListener('click', () => {
    const { [journey.scope]: _, ...others } = choices.cleared;
    choices.cleared = others;
    keepChoices(choices);
    [sought.value, kind.value, failedOnly.checked] = ['', '', false];
    render();
    sought.focus();
  });
  list.addEventListener('keydown', (event) => {
    if (!(event.target instanceof HTMLElement) || event.target.tagName !== 'SUMMARY') return;
    const lines = [...list.querySelectorAll<HTMLElement>('.step > summary')];
    const at = lines.indexOf(event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key];
    if (to === undefined || lines[to] === undefined) return;
    event.preventDefault();
    lines[to].focus();
  });

  return {
    show(next) {
      const isOther = next.log.state !== journey.log.state || next.scope !== journey.scope || !states.hasChildNodes();
      journey = next;
      if (isOther) {
        const isOpen = states.querySelector('details')?.open ?? false;
        const figure = statesFigure(next.log.state, next.scope);
        if (isOpen) figure.setAttribute('open', '');
        states.replaceChildren(figure);
      }
      links.replaceChildren(linkList(next.log));
      render();
    },
  };
}
