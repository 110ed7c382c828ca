/** What is to fail how often, and how the shell is broken: chosen, and told by a link. */

import type { LinkTold, Offer } from '../../generated/simulator.ts';
import { el } from '../dom.ts';
import { LEVELS, PRESETS, PRESET_WORDS, number } from './words.ts';

export interface Settings {
  readonly element: HTMLElement;
  /** A slider for each kind of fault. */
  readonly each: HTMLElement;
  /** As a link without a seed: `&faults=…&break=…`. */
  words(): string;
  show(told: LinkTold): void;
  /** How often each kind of fault was met. */
  met(counts: readonly number[]): void;
}

export function mountSettings({ faults, levels, flaws }: Offer, onChange: () => void): Settings {
  const counts = faults.map(() => el('span', { class: 'sim-met' }, '0'));
  const said = faults.map(() => el('output', { class: 'sim-level' }));
  const sliders = faults.map(({ id, name }, at) => {
    const slider = el('input', {
      id: `sim-${id}`, type: 'range', min: '0', max: String(levels.length - 1), step: '1', value: '2', 'aria-label': name,
    });
    slider.addEventListener('input', () => {
      tellLevel(at);
      tellPreset();
    });
    slider.addEventListener('change', onChange);
    return slider;
  });
  const presets = levels.map((level) => {
    const button = el('button', { type: 'button', class: 'sim-preset', 'aria-pressed': 'false' }, PRESETS[level] ?? level);
    button.addEventListener('click', () => {
      setAll(levels.indexOf(level));
      onChange();
    });
    return button;
  });
  const presetWords = el('p', { class: 'quiet', 'data-testid': 'sim-preset-words' });
  const choice = el('select', { id: 'sim-flaw', 'data-testid': 'sim-flaw', 'aria-describedby': 'sim-flaw-words' },
    el('option', { value: '' }, 'is sound'),
    ...flaws.map(({ id, does }) => el('option', { value: id }, does)));
  const flawWords = el('p', { class: 'quiet', id: 'sim-flaw-words' });
  choice.addEventListener('change', () => {
    tellFlaw();
    onChange();
  });

  const levelAt = (at: number): string => levels[Number(sliders[at]?.value)] ?? '';
  function tellLevel(at: number): void {
    const words = LEVELS[levelAt(at)] ?? '';
    const [place, slider] = [said[at], sliders[at]];
    if (place) place.textContent = words;
    slider?.setAttribute('aria-valuetext', words);
  }
  function tellPreset(): void {
    const all = new Set(faults.map((_, at) => levelAt(at)));
    const [only] = all;
    levels.forEach((level, at) => presets[at]?.setAttribute('aria-pressed', String(all.size === 1 && only === level)));
    presetWords.textContent = PRESET_WORDS[all.size === 1 ? (only ?? 'own') : 'own'] ?? '';
  }
  function tellFlaw(): void {
    const flaw = flaws.find(({ id }) => id === choice.value);
    flawWords.textContent = flaw?.so
      ?? 'It carries out what the machine says, in order. Break it, and see a rule notice.';
  }
  function setAll(level: number): void {
    sliders.forEach((slider, at) => {
      slider.value = String(level);
      tellLevel(at);
    });
    tellPreset();
  }

  const rows = faults.map(({ id, name }, at) => el('li', { class: 'sim-fault' },
    el('label', { for: `sim-${id}` }, name), sliders[at] ?? '', said[at] ?? '', counts[at] ?? ''));
  const each = el('details', { class: 'card sim-fold sim-each' },
    el('summary', {}, el('h2', {}, 'Each kind of fault, and how often it was met')),
    el('p', { class: 'quiet' }, 'A slider goes from off to often. A number counts how often the fault struck in this run.'),
    el('ul', { class: 'sim-faults' }, ...rows));
  const element = el('section', { class: 'card', 'aria-labelledby': 'sim-settings-title' },
    el('h2', { id: 'sim-settings-title' }, 'What goes wrong'),
    el('div', { class: 'sim-presets', role: 'group', 'aria-label': 'How often faults strike' }, ...presets),
    presetWords,
    el('p', { class: 'sim-shell' }, el('label', { for: 'sim-flaw' }, 'The shell around the machine'), choice),
    flawWords);
  setAll(levels.indexOf('tested'));
  tellFlaw();

  return {
    element,
    each,
    words() {
      const each = faults.map(({ id }, at) => `${id}:${levelAt(at)}`).join(',');
      return `&faults=tested,${each}${choice.value === '' ? '' : `&break=${choice.value}`}`;
    },
    show(told) {
      told.levels.forEach((level, at) => {
        const slider = sliders[at];
        if (slider) slider.value = String(levels.indexOf(level));
        tellLevel(at);
      });
      choice.value = told.flaw;
      tellPreset();
      tellFlaw();
    },
    met(all) {
      all.forEach((count, at) => {
        const place = counts[at];
        if (place) place.textContent = number(count);
      });
    },
  };
}
