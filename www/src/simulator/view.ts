import '../style/simulator.css';
import type { Batch, LinkTold, Offer, Violation } from '../../generated/simulator.ts';
import { button, byId, el } from '../dom.ts';
import { type LifeView, mountLife } from './life.ts';
import { Player, Trapped } from './player.ts';
import { type Settings, mountSettings } from './settings.ts';
import { number, ruleParts } from './words.ts';

/** The view of the simulator: lives of consents, lived here by the same core that a worker runs. */
export function mountSimulatorView(host: HTMLElement) {
  const title = el('h1', { tabindex: '-1' }, 'The state machine, at play');
  const lead = el('p', { class: 'lead' }, 'Whole lives of consents, lived in this page by the Rust that decides in the worker: '
    + 'against a made-up bank, network and clock that fail on purpose. After each step its rules have to hold. '
    + 'Nothing leaves this page, and no real secret is in it.');
  const outcome = el('div', { class: 'outcome', role: 'status', 'aria-live': 'polite' });
  const place = el('div', { class: 'sim' });
  host.replaceChildren(el('div', { class: 'title' }, title), lead, outcome, place);

  const player = new Player();
  let mounted: Promise<(hash: string) => Promise<void>> | undefined;

  return {
    async show(hash: string, moveFocus: boolean): Promise<void> {
      if (moveFocus) title.focus({ preventScroll: true });
      const main = byId('main', HTMLElement);
      main.setAttribute('aria-busy', 'true');
      try {
        mounted ??= player.offer().then((offer) => mount(place, outcome, player, offer));
        await (await mounted)(hash);
      } catch (error) {
        mounted = undefined;
        throw error;
      } finally {
        main.removeAttribute('aria-busy');
      }
    },
    hide(): void {
      player.stop();
    },
  };
}

function mount(place: HTMLElement, outcome: HTMLElement, player: Player, offer: Offer) {
  const settings: Settings = mountSettings(offer, () => begin());
  const seed = el('input', {
    id: 'sim-seed', inputmode: 'numeric', pattern: '[0-9]{1,20}', required: true, autocomplete: 'off', value: '1',
    'data-testid': 'sim-seed',
  });
  const start = el('button', { type: 'submit', class: 'button button-primary', 'data-testid': 'sim-start' }, 'Start');
  const figures = figureList();
  const state = el('p', { class: 'quiet', role: 'status', 'data-testid': 'sim-progress' });
  const form = el('form', { class: 'sim-run' },
    el('p', { class: 'sim-seed' }, el('label', { for: seed.id }, 'First life’s seed'), seed),
    el('p', {}, start),
    el('p', {}, button('One life, step by step', 'quiet', () => open(linkNow(), false))));
  const violations = el('ol', { class: 'sim-violations', 'data-testid': 'sim-violations' });
  const found = el('section', { class: 'card', 'aria-labelledby': 'sim-found-title', hidden: true },
    el('h2', { id: 'sim-found-title' }, 'Rules that broke'), violations);
  const life: LifeView = mountLife();
  const lifeTitle = el('h2', { id: 'sim-life-title', tabindex: '-1' }, 'One life, step by step');
  const lifeWords = el('p', { class: 'quiet', 'data-testid': 'sim-life-words' });
  const lifeWays = el('p', { class: 'sim-ways' });
  const lifeCard = el('section', { class: 'card', 'aria-labelledby': 'sim-life-title', 'data-testid': 'sim-life', hidden: true },
    lifeTitle, lifeWords, lifeWays, life.element);
  const runCard = el('section', { class: 'card', 'aria-labelledby': 'sim-run-title' },
    el('h2', { id: 'sim-run-title' }, 'Lives'),
    el('p', { class: 'quiet' }, 'A seed says all that happens in a life: the same seed is the same life, here and in make simulate.'),
    form, figures.element, state);
  place.replaceChildren(
    el('div', { class: 'sim-left' }, runCard, settings.element),
    el('div', { class: 'sim-right' }, found, lifeCard, settings.each, rulesCard(offer.rules)),
  );

  let isRunning = false;
  /** Where the run goes on: behind its last life. */
  let next: string | undefined;
  let lived = { lives: 0, steps: 0, milliseconds: 0 };
  let metBefore: number[] = [];
  let met: number[] = [];

  const linkNow = (): string => `#seed=${seed.value.trim()}${settings.words()}`;

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (isRunning) return player.stop();
    run();
  });
  seed.addEventListener('input', () => begin());

  /** What is chosen has changed: the next run begins anew. */
  function begin(): void {
    const goesOn = isRunning;
    player.end();
    next = undefined;
    lived = { lives: 0, steps: 0, milliseconds: 0 };
    [metBefore, met] = [[], []];
    stopped('');
    figures.show(lived);
    settings.met(offer.faults.map(() => 0));
    if (goesOn && seed.validity.valid) run();
  }

  function run(): void {
    const from = next ?? linkNow();
    let hasBroken = false;
    isRunning = true;
    metBefore = met;
    start.textContent = 'Stop';
    state.textContent = 'Lives are being lived.';
    player.run(from, {
      batch(batch, milliseconds, after) {
        count(batch, milliseconds);
        next = after.link;
        hasBroken = batch.violation !== null;
        if (batch.violation) add(batch.violation);
      },
      stopped() {
        stopped(hasBroken ? 'Stopped: a rule broke.' : 'Stopped. No rule broke.');
      },
      trapped(word, link) {
        stopped(word === '' ? 'The simulator could not be loaded.' : `Something trapped: ${word}`);
        if (link) {
          add({ rule: 'nothing traps', link, command: `make simulate SEED=${link.seed} LIVES=1` });
        }
      },
    });
  }

  function count(batch: Batch, milliseconds: number): void {
    lived = {
      lives: lived.lives + batch.lives, steps: lived.steps + batch.steps, milliseconds: lived.milliseconds + milliseconds,
    };
    met = batch.met.map((times, at) => times + (metBefore[at] ?? 0));
    figures.show(lived);
    settings.met(met);
  }

  function stopped(words: string): void {
    isRunning = false;
    start.textContent = next === undefined ? 'Start' : 'Go on';
    state.textContent = words;
  }

  function add(violation: Violation): void {
    const [name, sentence] = ruleParts(violation.rule);
    const copy = button('Copy the link', 'quiet', async () => {
      await navigator.clipboard.writeText(new URL(violation.link.link, location.href).href);
      copy.textContent = 'Copied';
    });
    violations.prepend(el('li', { class: 'sim-violation', 'data-testid': 'sim-violation' },
      el('p', {}, ...(name === '' ? [] : [el('b', {}, name), ' ']), sentence),
      el('p', {}, el('a', { href: violation.link.link }, `Seed ${violation.link.seed}, step by step`)),
      el('p', { class: 'quiet' }, 'Natively: ', el('code', {}, violation.command)),
      el('p', {}, copy)));
    found.hidden = false;
    void open(violation.link.link, true, false);
  }

  /** Shows one life, and its link in the address. */
  async function open(link: string, shortest: boolean, moves = true): Promise<void> {
    const told = await player.read(link);
    if (told === undefined) {
      outcome.replaceChildren(el('p', { class: 'notice notice-warn' },
        'That link names a seed, a fault or a flaw that this simulator does not know.'));
      return;
    }
    outcome.replaceChildren();
    history.replaceState(null, '', location.pathname + location.search + told.link);
    await show(told, shortest);
    if (moves) {
      lifeTitle.focus({ preventScroll: true });
      lifeCard.scrollIntoView({ block: 'start' });
    }
  }

  async function show(told: LinkTold, shortest: boolean): Promise<void> {
    lifeCard.hidden = false;
    lifeWords.textContent = shortest ? 'Looking for the shortest life that breaks the same rule …' : 'Living it …';
    lifeWays.replaceChildren();
    life.element.hidden = true;
    try {
      const lifeTold = await player.tell(told.link, shortest);
      const { rule, decisions: [kept, all], steps } = lifeTold;
      const other = shortest ? 'The whole life' : 'The shortest life that breaks the same rule';
      const way = button(other, 'quiet', () => show(told, !shortest));
      lifeWays.replaceChildren(...(rule === null ? [] : [way]));
      lifeWords.textContent = rule === null
        ? `Seed ${told.seed}. No rule breaks in this life of ${number(steps.length)} steps.`
        : shortest && kept < all
          ? `Seed ${told.seed}, made as short as it can be: ${number(kept)} of its ${number(all)} decisions are left.`
          : `Seed ${told.seed}, all ${number(all)} decisions of it.`;
      life.element.hidden = steps.length === 0;
      life.show(lifeTold);
    } catch (error) {
      lifeWords.textContent = error instanceof Trapped
        ? `This life traps: ${error.message}. make simulate SEED=${told.seed} LIVES=1 shows it.`
        : 'The simulator could not be loaded.';
    }
  }

  settings.each.toggleAttribute('open', matchMedia('(min-width: 66rem)').matches);

  /** Shows what an address asks for. */
  return async (hash: string): Promise<void> => {
    if (!hash.startsWith('#seed=')) return;
    const told = await player.read(hash);
    if (told !== undefined) {
      seed.value = told.seed;
      settings.show(told);
      begin();
    }
    await open(hash, true, told !== undefined);
  };
}

function figureList() {
  const places = { lives: el('dd'), steps: el('dd'), rate: el('dd', { 'data-testid': 'sim-rate' }) };
  const fact = (name: string, value: HTMLElement): HTMLElement => el('div', {}, el('dt', {}, name), value);
  const element = el('dl', { class: 'facts sim-figures' },
    fact('Lives', places.lives), fact('Steps', places.steps), fact('Lives a second', places.rate));
  places.lives.dataset['testid'] = 'sim-lives';
  const show = ({ lives, steps, milliseconds }: { lives: number; steps: number; milliseconds: number }): void => {
    places.lives.textContent = number(lives);
    places.steps.textContent = number(steps);
    places.rate.textContent = milliseconds > 0 ? number(Math.round((lives * 1000) / milliseconds)) : '–';
  };
  show({ lives: 0, steps: 0, milliseconds: 0 });
  return { element, show };
}

function rulesCard(rules: readonly string[]): HTMLElement {
  return el('details', { class: 'card sim-fold sim-all-rules' },
    el('summary', {}, el('h2', {}, `The ${rules.length} rules`)),
    el('ul', {}, ...rules.map((rule) => {
      const [name, sentence] = ruleParts(rule);
      return el('li', {}, ...(name === '' ? [] : [el('b', {}, name), ' ']), sentence);
    })));
}

export type SimulatorView = ReturnType<typeof mountSimulatorView>;
