import type { Problem } from './api.ts';
import { button, el } from './dom.ts';
import { GENERAL, type Message, messageFor } from './messages.ts';

interface NoticeOptions {
  code: string;
  problem?: Problem | undefined;
  /** What the button `Try again` does; without it there is no button. */
  retry?: (() => Promise<void>) | undefined;
}

function technical(code: string, problem: Problem | undefined): HTMLElement {
  const status = problem?.status === undefined ? '' : ` · HTTP ${problem.status}`;
  const line = el('p', { class: 'notice-code' }, 'Code: ', el('code', {}, code), status);
  if (problem?.detail === undefined) return line;
  const summary = el('summary', {}, 'Technical details');
  return el('details', { class: 'notice-more' }, summary, line, el('p', {}, problem.detail));
}

function faultList({ faults }: Problem): HTMLElement {
  return el(
    'ul',
    { class: 'notice-faults' },
    ...faults.map(({ setting, problem }) => el('li', {}, el('code', {}, setting), ` ${problem}`)),
  );
}

/** The button is gone when trying again has worked: the keyboard goes on where it stood, or at the main part. */
function retryButton(box: HTMLElement, retry: () => Promise<void>): HTMLButtonElement {
  return button('Try again', 'quiet', async () => {
    const places = [box.parentElement, document.querySelector('main')];
    await retry();
    if (box.isConnected) return;
    for (const place of places) {
      if (!place || document.activeElement !== document.body) continue;
      place.tabIndex = -1;
      place.focus({ preventScroll: true });
    }
  });
}

/** A message as a box: what happened, what to do, and the button for it. */
export function notice(message: Message, { code, problem, retry }: NoticeOptions): HTMLElement {
  const box = el(
    'div',
    { class: `notice notice-${message.tone}`, 'data-code': code },
    el('p', { class: 'notice-title' }, message.title),
    el('p', {}, message.text),
  );
  if (problem?.retryAfter !== undefined) {
    box.append(el('p', {}, `It asks to be left alone for ${problem.retryAfter} seconds.`));
  }
  if (problem && problem.faults.length > 0) box.append(faultList(problem));
  if (retry) box.append(el('p', { class: 'notice-action' }, retryButton(box, retry)));
  if (problem || message === GENERAL) box.append(technical(code, problem));
  return box;
}

/** The notice of a failed call, in the words that `wordsFor` has for its code. */
export function problemNotice(problem: Problem, retry: () => Promise<void>, wordsFor = messageFor): HTMLElement {
  return notice(wordsFor(problem.code), { code: problem.code, problem, retry });
}
