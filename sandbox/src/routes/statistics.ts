import { Hono } from 'hono';
import type { Call, Environment } from '../context.ts';
import { dayNumber } from '../data/calendar.ts';
import { sendPage } from '../pages/send.ts';
import { statisticsPage } from '../pages/statistics.ts';
import { invalidRequest, quoted } from '../refusal.ts';
import {
  type Quarter,
  type Report,
  csvOf,
  quarterNamed,
  quarterOf,
  quartersBetween,
  reportOf,
  untilToday,
} from '../statistics.ts';

/** STA-1: the bank's own statistics, a quarter at a time; the present one unless another is named. */
export const statistics = new Hono<Environment>();

statistics.get('/statistics', async (call) => {
  const quarter = quarterAsked(call);
  const today = dayNumber(call.var.now);
  const since = (await call.var.desk.firstDayCounted()) ?? today;
  return sendPage(call, statisticsPage(await report(call, quarter), quarter, quartersBetween(since, today)));
});

statistics.get('/statistics.json', async (call) => call.json(await report(call, quarterAsked(call))));

statistics.get('/statistics.csv', async (call) => {
  const quarter = quarterAsked(call);
  return call.body(csvOf(await report(call, quarter)), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="statistics-${quarter.name}.csv"`,
  });
});

function quarterAsked(call: Call): Quarter {
  const name = call.req.query('quarter');
  if (name === undefined) return quarterOf(dayNumber(call.var.now));
  const quarter = quarterNamed(name);
  if (quarter === undefined) {
    const told = { expected: 'a quarter like 2026-Q4', came: quoted(name) };
    throw invalidRequest('STA-1', `The quarter is ${quoted(name)}; ask for one like 2026-Q4.`, told);
  }
  return quarter;
}

async function report(call: Call, quarter: Quarter): Promise<Report> {
  const span = untilToday(quarter, dayNumber(call.var.now));
  return reportOf(await call.var.desk.daysCounted(span.first, span.last), span);
}
