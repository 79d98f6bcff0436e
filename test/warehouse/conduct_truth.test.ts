import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type ConductCheck, conductChecks } from '#lib/qa/conduct.ts';
import { loadConfig } from '#lib/server/config.ts';
import { readCurrent, snapshotPath } from '#lib/server/snapshot.ts';
import { generate } from '../../pipeline/generate/generate.ts';
import { run } from '../../pipeline/run.ts';

/** What was reached when it was recorded, rounded down: of 100 flagged cases so many are flaws, of 100 flaws so many are flagged. */
const floors: Record<ConductCheck, readonly [precision: number, recall: number]> = {
  greeting: [0.99, 0.99],
  intake: [0.95, 0.65],
  forbidden: [0.99, 0.99],
  personal_data: [0.99, 0.99],
  promise: [0.95, 0.9],
  return_address: [0.99, 0.99],
  closing: [0.99, 0.96],
  repeated: [0.99, 0.99],
};

const rowSchema = z.object({ check: z.enum(conductChecks), hits: z.int(), flagged: z.int(), flaws: z.int() });
let folder: string;
let rows: z.output<typeof rowSchema>[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aftersight-conduct-'));
  await generate({ cases: 12_000, seed: 11, out: folder });
  const config = await loadConfig(join(folder, 'aftersight.yaml'));
  await run({
    config,
    now: new Date('2026-11-01T02:00:00Z'),
    asOf: null,
    full: false,
    env: { AFTERSIGHT_KEY: 'a key for tests, long enough to be taken' },
  });
  const current = await readCurrent(config.dataDir);
  if (!current) throw new Error('nothing was published');
  const instance = await DuckDBInstance.create(snapshotPath(config.dataDir, current.snapshot), {
    access_mode: 'READ_ONLY',
  });
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(
    `with judged as (
      select r.conduct_check::varchar as "check", r.passed, t.verdict
      from rollups.conduct as r
      join marts.cases as c using (case_key)
      left join read_csv($truth::varchar, all_varchar = true) as t on t.ticket_id = c.ticket_id and t."check" = r.conduct_check::varchar
      where r.detail is null or r.detail not in ('late', 'no_answer') or r.conduct_check <> 'greeting'
    )
    select
      "check", count_if(not passed and verdict = 'failed')::integer as hits, count_if(not passed)::integer as flagged,
      count_if(verdict = 'failed')::integer as flaws,
    from judged
    where "check" <> 'promise' or verdict is not null
    group by "check"`,
    { truth: join(folder, 'truth-conduct.csv') },
  );
  rows = z.array(rowSchema).parse(reader.getRowObjectsJson());
  connection.closeSync();
  instance.closeSync();
});
afterAll(() => rm(folder, { recursive: true }));

test.each(conductChecks)('%s finds what was planted and hardly anything else', (check) => {
  const found = rows.find((row) => row.check === check);
  if (!found) throw new Error(`nothing was judged by ${check}`);
  expect(found.flaws).toBeGreaterThan(25);
  expect(found.hits / found.flagged, 'precision').toBeGreaterThanOrEqual(floors[check][0]);
  expect(found.hits / found.flaws, 'recall').toBeGreaterThanOrEqual(floors[check][1]);
});
