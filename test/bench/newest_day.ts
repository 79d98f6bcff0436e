import { copyFile, mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { CUT_OFF, DAY, writeInstant } from '../../pipeline/generate/local_time.ts';

/** Since when a row of each file exists, and when it was last changed, as the files write instants. */
const dates: Readonly<Record<string, { exists: string; changed: string }>> = {
  tickets: { exists: 'opened_at', changed: 'updated_at' },
  messages: { exists: 'sent_at', changed: 'updated_at' },
  events: { exists: '"at"', changed: 'null' },
  refunds: { exists: 'applied_at', changed: 'updated_at' },
  sales: { exists: `"day" || ' 23:59:59'`, changed: 'null' },
};

/**
 * Writes a copy of a sample as the sources would have delivered it: files without the newest day, and a second time, in
 * `newest`, what this day brought, changed rows included. Files DuckDB cannot read by itself, and products, are copied whole.
 */
export async function splitNewestDay(sample: string, folder: string): Promise<void> {
  const inbox = join(folder, 'inbox');
  const newest = join(folder, 'newest');
  await mkdir(inbox, { recursive: true });
  await mkdir(newest);
  const config = await readFile(join(sample, 'aftersight.yaml'), 'utf8');
  await writeFile(join(folder, 'aftersight.yaml'), config.replace('inbox/refunds.csv', 'inbox/refunds*.csv'));
  const since = writeInstant(CUT_OFF - DAY);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const name of await readdir(join(sample, 'inbox'))) {
    const date = dates[name.replace('.csv', '')];
    if (date === undefined) await copyFile(join(sample, 'inbox', name), join(inbox, name));
    else {
      const rows = `read_csv('${join(sample, 'inbox', name)}', all_varchar = true, ignore_errors = true)`;
      const copy = (where: string, path: string) =>
        connection.run(`copy (from ${rows} where ${where}) to '${path}' (format csv)`);
      await copy(`coalesce(${date.exists} < '${since}', true)`, join(inbox, name));
      await copy(`greatest(${date.exists}, ${date.changed}) >= '${since}'`, join(newest, name));
    }
  }
  connection.closeSync();
  instance.closeSync();
}

/** Lays the newest day's files beside the others. */
export async function addNewestDay(folder: string): Promise<void> {
  const newest = join(folder, 'newest');
  for (const name of await readdir(newest))
    await rename(join(newest, name), join(folder, 'inbox', name.replace('.csv', '-newest.csv')));
}
