import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChildRun, runChild } from './child.ts';
import { addNewestDay, splitNewestDay } from './newest_day.ts';
import type { Row } from './rows.ts';
import { type Sample, makeSample } from './sample.ts';
import { stage } from './stage.ts';

/** Runs the pipeline on a sample from nothing, beside DuckDB's plain reading of the same files. */
export async function measureFullRun(sample: Sample): Promise<{ run: ChildRun; rows: Row[] }> {
  const reference = await readPlainly(sample.folder);
  const run = await runFromNothing(sample.folder, 'full run');
  const rows: Row[] = [
    {
      what: 'full run ÷ DuckDB read_csv of the same files',
      measured: run.seconds / reference.seconds,
      processor: run.processorSeconds / reference.processorSeconds,
      unit: '×',
      budget: '≤ 5 (aim 3)',
      note: secondsOf(run, reference),
    },
    { what: 'peak memory of the run', measured: run.peakBytes / 2 ** 30, unit: 'GiB', budget: '≤ 2', note: '' },
  ];
  return { run, rows };
}

/** Runs a quarter of the cases from nothing: does a case cost the same among four times as many? */
export async function measureLinearity(sample: Sample, seed: number, run: ChildRun): Promise<Row> {
  const folder = join(sample.folder, 'quarter');
  await rm(folder, { recursive: true, force: true });
  const quarter = await makeSample(folder, Math.round(sample.cases / 4), seed);
  const quarterRun = await runFromNothing(folder, 'full run of a quarter');
  await rm(folder, { recursive: true });
  return {
    what: 'seconds per case ÷ those at a quarter of the cases',
    measured: run.seconds / sample.cases / (quarterRun.seconds / quarter.cases),
    processor: run.processorSeconds / sample.cases / (quarterRun.processorSeconds / quarter.cases),
    unit: '×',
    budget: 'about 1',
    note: secondsOf(run, quarterRun),
  };
}

/** Runs all but the newest day, then again with that day's files; `check` gets the folder of the second run's snapshot. */
export async function measureNightlyRun(
  sample: Sample,
  run: ChildRun,
  check: (dataDir: string) => Promise<void>,
): Promise<Row> {
  const folder = join(sample.folder, 'nightly');
  await rm(folder, { recursive: true, force: true });
  await stage('split off the newest day', () => splitNewestDay(sample.folder, folder));
  await runFromNothing(folder, 'run without the newest day');
  await addNewestDay(folder);
  const nightly = await runAgain(folder, 'run after the newest day');
  await check(join(folder, 'data'));
  await rm(folder, { recursive: true });
  return {
    what: 'nightly run after a day of new data ÷ full run',
    measured: nightly.seconds / run.seconds,
    processor: nightly.processorSeconds / run.processorSeconds,
    unit: '×',
    budget: '≤ 0.3',
    note: `${secondsOf(nightly, run)}, equal answers`,
  };
}

async function readPlainly(folder: string): Promise<ChildRun> {
  const inbox = join(folder, 'inbox');
  const database = join(folder, 'reference.duckdb');
  await rm(database, { force: true });
  // The reference cannot read GB18030 by itself; it leaves that file out, which only makes the budget harder.
  const aside = join(folder, 'gb18030');
  await mkdir(aside, { recursive: true });
  const foreign = (await readdir(inbox)).filter((name) => name.includes('gb18030'));
  for (const name of foreign) await rename(join(inbox, name), join(aside, name));
  const script = join(import.meta.dirname, 'reference_csv.ts');
  const { answer } = await stage('read_csv of the same files', () => runChild(script, [inbox, database]));
  for (const name of foreign) await rename(join(aside, name), join(inbox, name));
  await rm(aside, { recursive: true });
  await rm(database, { force: true });
  return answer;
}

async function runFromNothing(folder: string, name: string): Promise<ChildRun> {
  await rm(join(folder, 'data'), { recursive: true, force: true });
  return runAgain(folder, name);
}

async function runAgain(folder: string, name: string): Promise<ChildRun> {
  const cli = join(import.meta.dirname, '../../pipeline/cli.ts');
  return (await stage(name, () => runChild(cli, ['run', '--config', join(folder, 'aftersight.yaml')]))).answer;
}

function secondsOf(run: ChildRun, other: ChildRun): string {
  return `${run.seconds.toFixed(1)} s against ${other.seconds.toFixed(1)} s`;
}
