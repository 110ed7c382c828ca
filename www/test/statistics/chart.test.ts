import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/api.ts';
import { type Figures, readStatistics } from '../../src/statistics/api.ts';
import { roof, runs } from '../../src/statistics/chart.ts';
import { ERRORS, TIME, UPTIME, written } from '../../src/statistics/figures.ts';

const FIGURES = { requests: 3, uptime: 66.67, averageMs: null, errorRate: 0.5 };

test('STA-1: a day without requests is a gap in the line, and not nought', () => {
  assert.deepEqual(runs([undefined, 1, 2, undefined, 0]), [[[1, 1], [2, 2]], [[4, 0]]]);
  assert.deepEqual(runs([]), []);
});

test('page: the scale of a chart ends at a round number', () => {
  assert.deepEqual([0, 0.3, 1, 17, 201, 5000].map(roof), [1, 0.5, 1, 20, 500, 5000]);
});

test('STA-1: figures are written as the guide writes them, and N/A where nothing was asked', () => {
  const { days, summary } = readStatistics({
    from: '2026-01-31', to: '2026-02-01', summary: {}, quarters: [],
    days: [{ date: '2026-01-31', aisp: FIGURES, pisp: null }],
  });
  const figures = days[0]?.aisp as Figures;
  assert.deepEqual([UPTIME, TIME, ERRORS].map((metric) => written(metric, figures)), ['66.67%', 'N/A', '0.50%']);
  assert.deepEqual([days[0]?.pisp, summary.aisp].map((none) => written(UPTIME, none)), ['N/A', 'N/A']);
  assert.throws(() => readStatistics({}), Problem);
});
