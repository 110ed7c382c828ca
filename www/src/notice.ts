import type { Problem } from './api.ts';
import { button, el } from './dom.ts';
import { GENERAL, type Message, messageFor } from './messages.ts';

interface NoticeOptions {
  code: string;
  problem?: Problem | undefined;
  /** What the button does; without it there is none. */
  retry?: (() => Promise<void>) | undefined;
  /** What the button says, if it is not `Try again`. */
  label?: string | undefined;
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
function retryButton(box: HTMLElement, label: string, retry: () => Promise<void>): HTMLButtonElement {
  return button(label, 'quiet', async () => {
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
export function notice(message: Message, { code, problem, retry, label = 'Try again' }: NoticeOptions): HTMLElement {
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
  if (retry) box.append(el('p', { class: 'notice-action' }, retryButton(box, label, retry)));
  if (problem || message === GENERAL) box.append(technical(code, problem));
  return box;
}

/** Begins a connection anew; the view that can do so says how. */
let connectAgain: (() => Promise<void>) | undefined;

export function onConnectAgain(connect: () => Promise<void>): void {
  connectAgain = connect;
}

/** What keeps a whole gateway or server from answering: said once, whatever was being asked for. */
const OUTAGE = /^(?:gateway_(?:unreachable|timeout|failed|busy|bad_answer)|worker_\w+|busy|too_many_requests)$/;

/** The notice of each outage that is on the page, and what is to be tried again with it. */
const outages = new Map<string, { box: HTMLElement; others: Map<HTMLElement, () => Promise<void>> }>();

/** A short word in place of a notice that stands elsewhere on the page; `undefined` where none does. */
function sameOutage(code: string, retry: () => Promise<void>): HTMLElement | undefined {
  const outage = outages.get(code);
  if (outage === undefined || !outage.box.isConnected || outage.box.closest('[hidden]') !== null) return undefined;
  const mark = el('p', { class: 'quiet', 'data-same': code }, 'Not here at present, for the reason given above.');
  outage.others.set(mark, retry);
  return mark;
}

/** The first notice of an outage tries all again that failed alike. */
function outageNotice(message: Message, problem: Problem, retry: () => Promise<void>): HTMLElement {
  const others = new Map<HTMLElement, () => Promise<void>>();
  const box = notice(message, {
    code: problem.code,
    problem,
    async retry() {
      const waiting = [...others].flatMap(([mark, again]) => (mark.isConnected ? [again] : []));
      await Promise.all([retry, ...waiting].map((again) => again()));
    },
  });
  outages.set(problem.code, { box, others });
  return box;
}

/**
 * The notice of a failed call, in the words that `wordsFor` has for its code, with what helps: trying again, or
 * connecting anew where trying again would fail again.
 */
export function problemNotice(problem: Problem, retry: () => Promise<void>, wordsFor = messageFor): HTMLElement {
  const { code } = problem;
  const message = wordsFor(code);
  const again = { retry, connect: connectAgain, none: undefined }[message.next];
  return notice(message, { code, problem, retry: again, label: message.next === 'connect' ? 'Connect again' : undefined });
}

/** The same for one of many parts of a page: an outage that they share is told once. */
export function partNotice(problem: Problem, retry: () => Promise<void>): HTMLElement {
  if (!OUTAGE.test(problem.code)) return problemNotice(problem, retry);
  return sameOutage(problem.code, retry) ?? outageNotice(messageFor(problem.code), problem, retry);
}
