import '../style/statistics.css';
import { type Send, asProblem } from '../api.ts';
import { button, byId, el, whileBusy } from '../dom.ts';
import { problemNotice } from '../notice.ts';
import { type Days, type Statistics, createStatisticsApi } from './api.ts';
import { chart, legend } from './chart.ts';
import { METRICS, UPTIME } from './figures.ts';
import { dailyTable, quarterTable, summaryTable } from './tables.ts';

/** The view of the statistics: the guide's tables, and their days drawn. */
export function mountStatisticsView(host: HTMLElement, send: Send) {
  const main = byId('main', HTMLElement);
  const title = el('h1', { tabindex: '-1' }, 'Statistics');
  const outcome = el('div', { class: 'outcome', role: 'status', 'aria-live': 'polite' });
  const place = el('div', { class: 'view' });
  const date = (name: string): HTMLInputElement => el('input', { id: `statistics-${name}`, name, type: 'date', required: true });
  const [from, to] = [date('from'), date('to')];
  const field = (input: HTMLInputElement, label: string): HTMLElement =>
    el('p', { class: 'range-field' }, el('label', { for: input.id }, label), input);
  const look = el('button', { type: 'submit', class: 'button button-quiet' }, 'Show these days');
  const range = el('form', { class: 'range', hidden: true }, field(from, 'From'), field(to, 'To'), el('p', {}, look),
    el('p', {}, button('Download as CSV', 'quiet', save)));
  host.replaceChildren(el('div', { class: 'title' }, title), outcome, range, place);

  let token: string | undefined;
  let days: Days = {};

  range.addEventListener('submit', (event) => {
    event.preventDefault();
    days = { from: from.value, to: to.value };
    void whileBusy(look, load);
  });

  async function save(): Promise<void> {
    try {
      const href = URL.createObjectURL(await createStatisticsApi(send, token).csv(days));
      el('a', { href, download: 'statistics.csv' }).click();
      URL.revokeObjectURL(href);
    } catch (error) {
      outcome.replaceChildren(problemNotice(asProblem(error), save));
    }
  }

  async function load(): Promise<void> {
    main.setAttribute('aria-busy', 'true');
    try {
      const told = await createStatisticsApi(send, token).statistics(days);
      outcome.replaceChildren();
      show(told);
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === 'statistics_token_wrong') askForToken();
      else outcome.replaceChildren(problemNotice(problem, load));
    } finally {
      main.removeAttribute('aria-busy');
    }
  }

  function show({ from: first, to: last, summary, days: each, quarters }: Statistics): void {
    [from.value, to.value] = [first, last];
    range.hidden = false;
    const drawn = METRICS.map((metric) => el(
      'section',
      { class: 'card' },
      el('h2', {}, metric.daily),
      legend(),
      chart(each, metric, metric === UPTIME ? 90 : undefined),
      el('details', { class: 'days' }, el('summary', {}, `${metric.daily}, as a table`), dailyTable(each, metric)),
    ));
    place.replaceChildren(
      el('section', { class: 'card', 'data-testid': 'statistics' }, el('h2', {}, 'Current status'),
        el('p', {}, 'As this side of the interface sees it: AISP is account information, PISP payments, CBPII whether there '
          + 'is money for one. Where nothing was asked there is N/A.'),
        summaryTable(summary)),
      ...drawn,
      el('section', { class: 'card' }, el('h2', {}, 'Quarterly reports'),
        quarters.length > 0 ? quarterTable(quarters) : el('p', {}, 'Nothing has been asked yet.')),
    );
  }

  /** In production the statistics are for whoever has the token. It is in this page's memory alone. */
  function askForToken(): void {
    const input = el('input', {
      id: 'statistics-token', type: 'password', required: true, autocomplete: 'off', 'data-testid': 'statistics-token',
      'aria-invalid': token === undefined ? undefined : 'true',
      'aria-describedby': 'statistics-token-note',
    });
    const open = el('button', { type: 'submit', class: 'button button-primary' }, 'Show statistics');
    const note = token === undefined
      ? 'They are for whoever runs this site: with what is set there as TELL_STATISTICS_TOKEN.'
      : 'That is not the token.';
    const form = el('form', { class: 'card range' },
      el('p', { class: 'range-field' }, el('label', { for: input.id }, 'Token'), input),
      el('p', {}, open), el('p', { id: 'statistics-token-note', class: 'range-note' }, note));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      token = input.value;
      void whileBusy(open, load);
    });
    range.hidden = true;
    const wasHere = place.querySelector('form') !== null;
    outcome.replaceChildren();
    place.replaceChildren(form);
    if (wasHere) input.focus();
  }

  return {
    async show(moveFocus: boolean): Promise<void> {
      if (moveFocus) title.focus({ preventScroll: true });
      await load();
    },
  };
}

export type StatisticsView = ReturnType<typeof mountStatisticsView>;
