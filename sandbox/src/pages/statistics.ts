import { html } from 'hono/html';
import { METRICS, type Quarter, type Report } from '../statistics.ts';
import { KINDS } from '../tally.ts';
import { type Markup, developerLayout } from './layout.ts';

/** The guide's last section: a summary, then a table of days for each metric. */
export function statisticsPage(report: Report, shown: Quarter, quarters: readonly Quarter[]): Markup {
  const { summary, days, other } = report;
  const query = `?quarter=${shown.name}`;
  const content = html`<p>Usage and uptime statistics for the sandbox’s interface, from its own record, by days in UTC
        of its own clock: ${shownDate(report.from)} to ${shownDate(report.to)}.</p>
      <p><a href="/statistics.csv${query}">As CSV</a> · <a href="/statistics.json${query}">As JSON</a> ·
        <a href="/">All calls</a></p>
      <h2>Quarterly reports</h2>
      <ul class="quarters">
        ${quarters.map((quarter) => quarterItem(quarter, quarter.name === shown.name))}
      </ul>
      ${table('Summary data', 'Metric', METRICS.map(({ title, member }) => [title, ...cells(summary, member)]))}
      <p class="quiet">Uptime is the share of minutes with calls in which one was answered, the error rate the share of
        calls that were not, or with a status of 500 and more. N/A: nothing was asked. ${otherWords(other.requests)}</p>
      ${METRICS.map(({ title, member }) =>
        table(
          `Daily ${title.toLowerCase()} details`,
          'Date',
          days.map((day) => [shownDate(day.date), ...cells(day, member)]),
        ),
      )}`;
  return developerLayout({ here: '/statistics', title: 'Statistics', content });
}

function cells(row: Report['summary'], member: (typeof METRICS)[number]['member']): string[] {
  return KINDS.map((kind) => row[kind][member]);
}

function quarterItem({ name }: Quarter, isShown: boolean): Markup {
  const words = name.replace(/^(\d+)-Q(\d)$/, 'Quarter $2 of $1');
  return html`<li><a href="/statistics?quarter=${name}" aria-current="${isShown ? 'page' : 'false'}">${words}</a></li>
        `;
}

function table(title: string, first: string, rows: readonly (readonly string[])[]): Markup {
  return html`<table>
        <caption>${title}</caption>
        <thead><tr><th scope="col">${first}</th>${KINDS.map((kind) => html`<th scope="col">${kind}</th>`)}</tr></thead>
        <tbody>
          ${rows.map(tableRow)}
        </tbody>
      </table>
      `;
}

function tableRow([head, ...others]: readonly string[]): Markup {
  return html`<tr><th scope="row">${head}</th>${others.map((cell) => html`<td>${cell}</td>`)}</tr>
          `;
}

function otherWords(requests: number): string {
  if (requests === 0) return '';
  return `Calls that named no consent, and are in no column: ${requests}.`;
}

/** As the guide prints dates: 10/1/2024. */
function shownDate(iso: string): string {
  const [year, month, day] = iso.split('-').map(Number);
  return `${month}/${day}/${year}`;
}
