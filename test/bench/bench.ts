import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openWarehouse } from '#lib/server/warehouse.ts';
import { describeMachine } from './machine.ts';
import { caseIds, measurePageData, measureUsers } from './pages.ts';
import { assertSameTotals, measurePostgres, measureReads } from './reads.ts';
import { type Row, formatRows } from './rows.ts';
import { measureFullRun, measureLinearity, measureNightlyRun } from './runs.ts';
import { type Sample, describeSample, makeSample } from './sample.ts';

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
const seed = Number(values.seed);

const folder = values.keep ?? (await mkdtemp(join(tmpdir(), 'aftersight-bench-')));
try {
  const sample = await makeSample(folder, Number(values.cases), seed);
  const rows = await measure(sample);
  const machine = await describeMachine();
  if (values.json) process.stdout.write(`${JSON.stringify({ machine, seed, sample, rows })}\n`);
  else process.stdout.write(`${describeSample(sample)}, seed ${seed}. ${machine}\n\n${formatRows(rows)}\n`);
} finally {
  if (values.keep === undefined) await rm(folder, { recursive: true, force: true });
}

async function measure(sample: Sample): Promise<Row[]> {
  const dataDir = join(sample.folder, 'data');
  const full = await measureFullRun(sample);
  const linearity = await measureLinearity(sample, seed, full.run);
  const nightly = await measureNightlyRun(sample, full.run, (other) => assertSameTotals(dataDir, other));
  const warehouse = await openWarehouse(dataDir);
  try {
    const reads = await measureReads(warehouse);
    const pages = [
      ...(await measurePageData(warehouse)),
      ...(await measureUsers(join(sample.folder, 'aftersight.yaml'), await caseIds(warehouse))),
    ];
    const rows = [...full.rows, linearity, nightly, ...reads.rows, ...pages];
    if (values['skip-postgres']) return rows;
    const timeoutSeconds = Number(values['postgres-timeout']);
    return [...rows, await measurePostgres(warehouse, reads.yearSeconds, sample.folder, timeoutSeconds)];
  } finally {
    warehouse.close();
  }
}
