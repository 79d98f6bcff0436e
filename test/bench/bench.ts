import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as kpis from '#lib/server/kpis.ts';
import { everything, openWarehouse } from '#lib/server/warehouse.ts';
import { generate } from '../../pipeline/generate/generate.ts';
import { runChild } from './child.ts';
import { describeMachine } from './machine.ts';
import { type Counted, comparedMetrics, timePostgres } from './postgres.ts';

/** One budget of DESIGN §9 and what was measured; `unit` × is a ratio inside this run. */
interface Row {
  what: string;
  measured: number;
  unit: '×' | 'GiB' | 's' | 'ms';
  budget: string;
  note: string;
}

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    keep: { type: 'string' },
    'postgres-timeout': { type: 'string', default: '1200' },
    'skip-postgres': { type: 'boolean', default: false },
  },
});
const cases = Number(values.cases);
const period = { from: '2025-11-01', to: '2026-11-01' };
const rows: Row[] = [];

const folder = values.keep ?? (await mkdtemp(join(tmpdir(), 'aftersight-bench-')));
try {
  await mkdir(folder, { recursive: true });
  if (!existsSync(join(folder, 'aftersight.yaml'))) await generate({ cases, seed: Number(values.seed), out: folder });
  await rm(join(folder, 'data'), { recursive: true, force: true });
  await measureRun();
  await measureReads();
} finally {
  if (values.keep === undefined) await rm(folder, { recursive: true, force: true });
}
const machine = await describeMachine();
if (values.json) process.stdout.write(`${JSON.stringify({ machine, cases, seed: Number(values.seed), rows })}\n`);
else process.stdout.write(`${formatRows(machine)}\n`);

async function measureRun(): Promise<void> {
  const inbox = join(folder, 'inbox');
  const bytes = (await Promise.all((await readdir(inbox)).map((name) => stat(join(inbox, name))))).reduce(
    (sum, one) => sum + one.size,
    0,
  );
  const database = join(folder, 'reference.duckdb');
  await rm(database, { force: true });
  // The reference cannot read GB18030 by itself; it leaves that file out, which only makes the budget harder.
  const aside = join(folder, 'gb18030');
  await mkdir(aside, { recursive: true });
  const foreign = (await readdir(inbox)).filter((name) => name.includes('gb18030'));
  for (const name of foreign) await rename(join(inbox, name), join(aside, name));
  const reference = await runChild(join(import.meta.dirname, 'reference_csv.ts'), [inbox, database]);
  for (const name of foreign) await rename(join(aside, name), join(inbox, name));
  await rm(database, { force: true });
  const run = await runChild(join(import.meta.dirname, '../../pipeline/cli.ts'), [
    'run',
    '--config',
    join(folder, 'aftersight.yaml'),
  ]);
  const size = `${(bytes / 1e9).toFixed(2)} GB of CSV`;
  rows.push({
    what: 'full run ÷ DuckDB read_csv of the same files',
    measured: run.seconds / reference.seconds,
    unit: '×',
    budget: '≤ 5 (aim 3)',
    note: `${size}, ${run.seconds.toFixed(1)} s against ${reference.seconds.toFixed(1)} s`,
  });
  if (run.peakBytes !== null)
    rows.push({
      what: 'peak memory of the run',
      measured: run.peakBytes / 2 ** 30,
      unit: 'GiB',
      budget: '≤ 2',
      note: '',
    });
}

async function measureReads(): Promise<void> {
  const warehouse = await openWarehouse(join(folder, 'data'));
  try {
    const filter = { ...period, brand: null, vendor: null, clock: null };
    const ask = () => kpis.totals(warehouse, everything, { ...filter, metrics: comparedMetrics, by: 'vendor' });
    const { seconds, answer } = await median(5, ask);
    rows.push({
      what: 'five KPIs by vendor over a year',
      measured: seconds * 1000,
      unit: 'ms',
      budget: '',
      note: 'warm, nothing cached',
    });
    const month = { ...filter, from: '2026-10-01' };
    const monthly = await median(5, () =>
      kpis.totals(warehouse, everything, { ...month, metrics: comparedMetrics, by: 'vendor' }),
    );
    rows.push({
      what: 'five KPIs by vendor over a month',
      measured: monthly.seconds * 1000,
      unit: 'ms',
      budget: '',
      note: 'warm, nothing cached',
    });
    if (values['skip-postgres']) return;
    const postgres = await timePostgres(warehouse, period, folder, Number(values['postgres-timeout']));
    assertEqual(answer, postgres.rows);
    const timings = Object.entries(postgres.timings).map(([metric, one]) => `${metric} ${one.toFixed(1)} s`);
    rows.push({
      what: 'PostgreSQL with indexes ÷ ours, same five KPIs, equal answers',
      measured: postgres.seconds / seconds,
      unit: '×',
      budget: '≥ 20',
      note: timings.join(', '),
    });
  } finally {
    warehouse.close();
  }
}

function assertEqual(ours: readonly kpis.KpiTotal[], theirs: readonly Counted[]): void {
  const text = (row: Counted): string =>
    `${row.metric} ${row.key ?? ''} ${row.numerator}/${row.denominator} ${row.pending}`;
  const mine = ours.map(text).sort();
  const other = theirs
    .filter((row) => row.denominator > 0 || row.pending > 0)
    .map(text)
    .sort();
  const different = [
    ...mine.filter((row) => !other.includes(row)).map((row) => `ours ${row}`),
    ...other.filter((row) => !mine.includes(row)).map((row) => `PostgreSQL ${row}`),
  ];
  if (different.length > 0) throw new Error(`PostgreSQL and the warehouse disagree:\n${different.join('\n')}`);
}

async function median<T>(times: number, work: () => Promise<T>): Promise<{ seconds: number; answer: T }> {
  let answer = await work();
  const seconds: number[] = [];
  for (let index = 0; index < times; index++) {
    const started = performance.now();
    answer = await work();
    seconds.push((performance.now() - started) / 1000);
  }
  return { seconds: seconds.sort((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN, answer };
}

function formatRows(machine: string): string {
  const body = rows.map(
    (row) =>
      `| ${row.what} | ${row.measured.toFixed(row.unit === 'ms' ? 0 : 2)} ${row.unit} | ${row.budget} | ${row.note} |`,
  );
  return [
    `${cases.toLocaleString('en-US')} cases, seed ${values.seed}. ${machine}`,
    '',
    '| what | measured | budget | |',
    '|---|---|---|---|',
    ...body,
  ].join('\n');
}
