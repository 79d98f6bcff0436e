import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type MetricId, metricIds } from '#lib/metrics/registry.ts';
import { loadConfig } from '#lib/server/config.ts';
import * as kpis from '#lib/server/kpis.ts';
import { readCurrent } from '#lib/server/snapshot.ts';
import { type Warehouse, openWarehouse } from '#lib/server/warehouse.ts';
import { everything } from '#lib/access/principal.ts';
import { type RunResult, run } from '../../pipeline/run.ts';
import { hashCurrent } from './content_hash.ts';

/** When a run happens and what it is asked; instants are ISO 8601. */
export interface Night {
  now?: string;
  asOf?: string;
  full?: boolean;
  /** More environment variables. */
  env?: Readonly<Record<string, string>>;
}

type Row = Record<string, unknown>;

/** A folder with aftersight.yaml and its files, runs over it, and ways to look at what they published. */
export interface WarehouseProject {
  folder: string;
  dataDir: string;
  put: (name: string, content: string | Uint8Array) => Promise<void>;
  take: (path: string, name: string) => Promise<void>;
  remove: (name: string) => Promise<void>;
  run: (night?: Night) => Promise<RunResult>;
  read: <T>(look: (warehouse: Warehouse) => Promise<T>) => Promise<T>;
  rows: (sql: string) => Promise<Row[]>;
  totals: (asked?: Partial<TotalsAsked>) => Promise<kpis.KpiTotal[]>;
  hashes: () => Promise<Record<string, string>>;
  close: () => Promise<void>;
}

type TotalsAsked = Parameters<typeof kpis.totals>[2];

/** What no filter leaves out: all KPIs over all days the tests use. */
export const unfiltered = {
  from: '2000-01-01',
  to: '2100-01-01',
  keys: {},
  clock: null,
  metrics: metricIds,
  by: null,
} satisfies TotalsAsked;

/** Makes a project of a configuration; nights without a `now` follow each other by a day from 2030 on. */
export async function openWarehouseProject(yaml: string): Promise<WarehouseProject> {
  const folder = await mkdtemp(join(tmpdir(), 'aftersight-warehouse-'));
  const dataDir = join(folder, 'data');
  let nights = 0;
  const write = async (name: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  };
  await write('aftersight.yaml', yaml);
  const read = async <T>(look: (warehouse: Warehouse) => Promise<T>): Promise<T> => {
    const warehouse = await openWarehouse(dataDir);
    try {
      return await look(warehouse);
    } finally {
      warehouse.close();
    }
  };
  return {
    folder,
    dataDir,
    put: write,
    take: async (path, name) => {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await copyFile(path, join(folder, name));
    },
    remove: (name) => rm(join(folder, name), { recursive: true }),
    run: async ({ now, asOf, full = false, env = {} } = {}) => {
      nights += 1;
      return run({
        config: await loadConfig(join(folder, 'aftersight.yaml')),
        now: new Date(now ?? Date.UTC(2030, 0, nights, 2, 30)),
        asOf: asOf === undefined ? null : new Date(asOf),
        full,
        env: { AFTERSIGHT_KEY: 'a key for tests, long enough to be taken', ...env },
      });
    },
    read,
    rows: (sql) => read(async ({ connection }) => (await connection.runAndReadAll(sql)).getRowObjectsJson()),
    totals: (asked = {}) => read((warehouse) => kpis.totals(warehouse, everything, { ...unfiltered, ...asked })),
    hashes: async () => hashCurrent(dataDir, await readCurrent(dataDir)),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The total of one KPI without a breakdown. */
export function totalOf(rows: readonly kpis.KpiTotal[], metric: MetricId): kpis.KpiTotal {
  const found = rows.filter((row) => row.metric === metric);
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`${found.length} totals of ${metric}`);
  return only;
}
