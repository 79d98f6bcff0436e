import * as kpis from '#lib/server/kpis.ts';
import { type Warehouse, openWarehouse } from '#lib/server/warehouse.ts';
import { everything } from '#lib/access/principal.ts';
import { type Counted, comparedMetrics, preparedViews, timePostgres } from './postgres.ts';
import type { Row } from './rows.ts';
import { stage, timeWarm } from './stage.ts';

const year = { from: '2025-11-01', to: '2026-11-01' };
const month = { from: '2026-10-01', to: '2026-11-01' };

/** Times five KPIs by vendor on a snapshot, warm and with nothing cached. */
export async function measureReads(warehouse: Warehouse): Promise<{ yearSeconds: number; rows: Row[] }> {
  const { answer: ofYear } = await stage('five KPIs over a year', () => timeWarm(5, () => askTotals(warehouse, year)));
  const { answer: ofMonth } = await stage('five KPIs over a month', () =>
    timeWarm(5, () => askTotals(warehouse, month)),
  );
  const row = (period: string, seconds: number): Row => ({
    what: `five KPIs by vendor over a ${period}`,
    measured: seconds * 1000,
    unit: 'ms',
    budget: '',
    note: 'warm, nothing cached, from the rows the run keeps',
  });
  return { yearSeconds: ofYear.seconds, rows: [row('year', ofYear.seconds), row('month', ofMonth.seconds)] };
}

/** Times the same five KPIs on PostgreSQL. Errors: where it counts anything else. */
export async function measurePostgres(
  warehouse: Warehouse,
  yearSeconds: number,
  folder: string,
  timeoutSeconds: number,
): Promise<Row> {
  const answers = await timePostgres(warehouse, year, folder, timeoutSeconds);
  const ended = answers.filter((one) => one.rows !== null);
  const ours = (await askTotals(warehouse, year)).filter((row) => ended.some(({ metric }) => metric === row.metric));
  const theirs = ended.flatMap(({ rows }) => rows ?? []).filter((row) => row.denominator > 0 || row.pending > 0);
  assertEqual('the warehouse', ours, 'PostgreSQL', theirs);
  const timings = answers.map(({ metric, seconds, rows }) =>
    rows === null ? `${metric} stopped at ${seconds} s` : `${metric} ${seconds.toFixed(1)} s`,
  );
  return {
    what: 'PostgreSQL ÷ ours, same five KPIs, equal answers',
    measured: answers.reduce((sum, { seconds }) => sum + seconds, 0) / yearSeconds,
    isLowerBound: ended.length < answers.length,
    unit: '×',
    budget: '≥ 20',
    note: `${timings.join(', ')}; each the better of two; made ready beforehand: indexes, ${preparedViews.join(', ')}`,
  };
}

/** Compares a year's five KPIs in two data folders. Errors: where they differ. */
export async function assertSameTotals(dataDir: string, otherDataDir: string): Promise<void> {
  const [one, other] = [await openWarehouse(dataDir), await openWarehouse(otherDataDir)];
  try {
    assertEqual(dataDir, await askTotals(one, year), otherDataDir, await askTotals(other, year));
  } finally {
    one.close();
    other.close();
  }
}

function askTotals(warehouse: Warehouse, period: { from: string; to: string }): Promise<kpis.KpiTotal[]> {
  const filter = { ...period, keys: {}, clock: null };
  return kpis.totals(warehouse, everything, { ...filter, metrics: comparedMetrics, by: 'vendor' });
}

function assertEqual(name: string, rows: readonly Counted[], otherName: string, others: readonly Counted[]): void {
  const text = (row: Counted): string =>
    `${row.metric} ${row.key ?? ''} ${row.numerator}/${row.denominator} ${row.pending}`;
  const texts = new Set(rows.map(text));
  const otherTexts = new Set(others.map(text));
  const different = [
    ...[...texts.difference(otherTexts)].map((row) => `${name}: ${row}`),
    ...[...otherTexts.difference(texts)].map((row) => `${otherName}: ${row}`),
  ];
  if (different.length > 0) throw new Error(`${name} and ${otherName} disagree:\n${different.join('\n')}`);
}
