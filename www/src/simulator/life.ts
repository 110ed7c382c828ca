/** One life, step by step. */

import type { LifeTold, Step } from '../../generated/simulator.ts';
import { codeBlock, el, jsonBlock } from '../dom.ts';
import { ENDS, STATES, WAY, WHO, commandWords, number, ruleParts, span } from './words.ts';

export interface LifeView {
  readonly element: HTMLElement;
  show(life: LifeTold): void;
}

/** Steps that are listed on either side of the one that is looked at: a life can have thousands. */
const AROUND = 60;

const isJson = (text: string): boolean => text.startsWith('{');

export function mountLife(): LifeView {
  let life: LifeTold = { rule: null, decisions: [0, 0], steps: [] };
  let now = 0;

  const back = el('button', { type: 'button', class: 'button button-quiet', 'data-testid': 'sim-back' }, 'Back');
  const on = el('button', { type: 'button', class: 'button button-quiet', 'data-testid': 'sim-on' }, 'Next');
  const place = el('p', { class: 'sim-place', 'data-testid': 'sim-place', role: 'status' });
  const list = el('ol', { class: 'sim-steps', 'aria-label': 'Steps' });
  const states = el('div', { class: 'sim-states' });
  const detail = el('div', { class: 'sim-detail', 'data-testid': 'sim-step' });
  const element = el('div', { class: 'sim-life', role: 'group', 'aria-label': 'One life, step by step' },
    el('div', { class: 'sim-move' }, back, place, on),
    states,
    el('div', { class: 'sim-panes' }, list, detail));

  back.addEventListener('click', () => look(now - 1));
  on.addEventListener('click', () => look(now + 1));
  element.addEventListener('keydown', (event) => {
    const to = { ArrowLeft: now - 1, ArrowUp: now - 1, ArrowRight: now + 1, ArrowDown: now + 1, Home: 0, End: Infinity }[event.key];
    // In a text that scrolls, the arrows scroll it.
    if (to === undefined || (event.target instanceof HTMLElement && event.target.closest('pre'))) return;
    event.preventDefault();
    look(to, event.target instanceof HTMLElement && list.contains(event.target));
  });

  function look(at: number, withFocus = false): void {
    now = Math.max(0, Math.min(life.steps.length - 1, at));
    const step = life.steps[now];
    if (!step) return;
    place.textContent = `Step ${number(now + 1)} of ${number(life.steps.length)}`;
    // Not disabled: a button that is loses the keyboard's place.
    back.setAttribute('aria-disabled', String(now === 0));
    on.setAttribute('aria-disabled', String(now === life.steps.length - 1));
    listSteps(withFocus);
    drawStates(step);
    tell(step);
  }

  function listSteps(withFocus: boolean): void {
    const first = Math.max(0, now - AROUND);
    list.replaceChildren(...life.steps.slice(first, now + AROUND).map((step, index) => {
      const at = first + index;
      const button = el('button', {
        type: 'button', class: 'sim-go', tabindex: at === now ? '0' : '-1', 'aria-current': at === now ? 'step' : undefined,
      },
      el('span', { class: 'sim-time' }, span(step.at)),
      el('span', { class: `sim-who sim-of-${step.who}` }, WHO[step.who]),
      el('span', { class: 'sim-what' }, step.what),
      ...(step.faults.length > 0 ? [el('span', { class: 'sim-struck' }, step.faults.join(', '))] : []));
      button.addEventListener('click', () => look(at, true));
      return el('li', { class: isBroken(at) ? 'sim-broken' : '' }, button);
    }));
    const current = list.querySelector<HTMLElement>('[aria-current]');
    if (withFocus) current?.focus({ preventScroll: true });
    if (current) list.scrollTop = current.offsetTop - list.clientHeight / 2;
  }

  const isBroken = (at: number): boolean => life.rule !== null && at === life.steps.length - 1;

  function drawStates({ after }: Step): void {
    const chip = (state: string): HTMLElement => el('li', {
      class: state === after.state ? 'sim-state sim-lit' : 'sim-state', 'data-state': state,
      'aria-current': state === after.state ? 'true' : undefined,
    }, STATES[state] ?? state);
    states.replaceChildren(
      el('ol', { class: 'sim-way', 'aria-label': 'The way of a consent' }, ...WAY.map(chip)),
      el('ul', { class: 'sim-ends', 'aria-label': 'Its ends' }, ...ENDS.map(chip)),
    );
  }

  function tell({ at, who, what, commands, faults, rules, after }: Step): void {
    const snapshot = life.steps.slice(0, now + 1).findLast((step) => step.after.snapshot !== null)?.after.snapshot;
    const facts: [string, string][] = [
      ['The shell', after.runs ? 'runs' : 'is dead until something happens'],
      ['Alarm', after.alarm === null ? 'none' : after.alarm <= 0 ? 'due' : `in ${span(after.alarm)}`],
      ['Under way', after.under_way.length === 0 ? 'nothing' : after.under_way.join(', ')],
      ['Callers waiting', number(after.waiting)],
      ...(after.ahead === 0 ? [] : [['Its clock', `${span(Math.abs(after.ahead))} ${after.ahead > 0 ? 'ahead' : 'behind'}`] as [string, string]]),
    ];
    detail.replaceChildren(
      el('p', { class: 'sim-head' }, el('span', { class: `sim-who sim-of-${who}` }, WHO[who]), ` after ${span(at)}`),
      el('p', { class: 'sim-happened' }, what),
      ...(faults.length > 0
        ? [el('p', { class: 'sim-struck' }, `What went wrong on purpose: ${faults.join(', ')}`)] : []),
      ...(isBroken(now) && life.rule !== null ? [ruleNotice(life.rule)] : []),
      el('h3', {}, 'What the machine had the shell do'),
      commands.length === 0
        ? el('p', { class: 'quiet' }, 'Nothing.')
        : el('ol', { class: 'sim-commands' }, ...commands.map((command) => el('li', {},
          el('span', { class: 'sim-command' }, commandWords(command)),
          ...(command.name === 'keep' || command.about === '' ? [] : [' ', el('code', {}, command.about)])))),
      el('h3', {}, 'How things stand then'),
      el('dl', { class: 'facts' }, ...facts.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value)))),
      el('h3', {}, 'The snapshot that is durable'),
      snapshot === undefined || snapshot === null || after.state === 'none'
        ? el('p', { class: 'quiet' }, 'None.')
        : isJson(snapshot) ? jsonBlock('Snapshot', snapshot) : codeBlock('Snapshot', snapshot),
      el('details', { class: 'sim-rules' },
        el('summary', {}, `${number(rules.length)} ${rules.length === 1 ? 'rule was' : 'rules were'} looked at`),
        el('ul', {}, ...rules.map((rule) => el('li', {}, ...ruleLine(rule))))),
    );
  }

  return {
    element,
    show(next) {
      life = next;
      look(next.rule === null ? 0 : next.steps.length - 1);
    },
  };
}

function ruleLine(rule: string): (Node | string)[] {
  const [name, sentence] = ruleParts(rule);
  return name === '' ? [sentence] : [el('b', {}, name), ` ${sentence}`];
}

export function ruleNotice(rule: string): HTMLElement {
  return el('p', { class: 'notice notice-bad', 'data-testid': 'sim-rule' },
    el('span', {}, 'This rule does not hold here: ', ...ruleLine(rule)));
}
