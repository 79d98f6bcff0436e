import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { sql } from 'kysely';
import { z } from 'zod';
import { commandLine, record, recordIn, verifyAudit } from './audit.ts';
import { type Store, StoreError } from './store.ts';

/** In the order in which rows may refer to each other; sign-ins that failed are of no use later. */
const tables = [
  'users',
  'grants',
  'sessions',
  'credentials',
  'verifications',
  'second_factors',
  'links',
  'configuration',
  'audit_log',
  'scorecards',
  'recurring_samples',
  'samples',
  'sample_cases',
  'reviews',
  'review_changes',
  'calibration_results',
  'review_conflicts',
  'appeals',
  'coaching_notes',
  'typical_cases',
] as const;

/** Whose ids the database counts: it goes on after the last one restored. */
const counted = ['recurring_samples', 'samples', 'reviews', 'review_changes', 'appeals', 'coaching_notes'] as const;

const format = 'aftersight store 1';
const header = z.object({
  format: z.literal(format),
  migrations: z.array(z.string()),
  tables: z.record(z.string(), z.int()),
});
const line = z.object({ table: z.enum(tables), row: z.record(z.string(), z.unknown()) });

/** Rows written or restored, by table. */
export type TableCounts = Record<string, number>;

/** Writes every row of one moment to a file (gzip, a JSON object a line), while others go on working. The log tells of it. */
export async function backUp(store: Store, file: string): Promise<{ tables: TableCounts }> {
  await record(store, { actor: commandLine, action: 'backup', subject: file });
  return store.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (transaction) => {
      const { rows: applied } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
        transaction,
      );
      const rows = new Map<string, unknown[]>();
      for (const table of tables) rows.set(table, await transaction.selectFrom(table).selectAll().execute());
      const counts = Object.fromEntries([...rows].map(([table, all]) => [table, all.length]));
      const lines = function* () {
        yield `${JSON.stringify({ format, migrations: applied.map(({ name }) => name), tables: counts })}\n`;
        for (const [table, all] of rows) for (const row of all) yield `${JSON.stringify({ table, row })}\n`;
      };
      await pipeline(Readable.from(lines()), createGzip(), createWriteStream(file, { mode: 0o600, flush: true }));
      return { tables: counts };
    });
}

/**
 * Fills an empty store from a backup, all or nothing, and verifies the chain of its log. Errors: StoreError where the store is not empty,
 * the file is no whole backup, or comes from a newer version.
 */
export async function restoreFrom(store: Store, file: string): Promise<{ tables: TableCounts }> {
  const counts = await store.db.transaction().execute(async (transaction) => {
    const { rows: known } = await sql<{ name: string }>`select name from kysely_migration`.execute(transaction);
    const existing = await transaction.selectFrom('users').select('id').limit(1).executeTakeFirst();
    if (existing) throw new StoreError('this store has accounts already; a backup is restored into an empty one');
    const found: TableCounts = Object.fromEntries(tables.map((table) => [table, 0]));
    let expected: TableCounts | null = null;
    let last = { seq: 0, hash: '' };
    await transaction.deleteFrom('audit_head').execute();
    for await (const text of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
      if (expected === null) {
        const { migrations, tables: promised } = read(header, text, file);
        const unknown = migrations.find((name) => !known.some((one) => one.name === name));
        if (unknown !== undefined) throw new StoreError(`${file}: written by a newer version, which knows ${unknown}`);
        expected = promised;
        continue;
      }
      const { table, row } = read(line, text, file);
      if (table === 'audit_log') last = z.object({ seq: z.int(), hash: z.string() }).parse(row);
      const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)));
      await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(
        transaction,
      );
      found[table] = (found[table] ?? 0) + 1;
    }
    if (JSON.stringify(found) !== JSON.stringify(expected))
      throw new StoreError(`${file}: the backup is cut off: rows are missing`);
    for (const table of counted)
      await sql`select setval(pg_get_serial_sequence(${table}, 'id'), max(id)) from ${sql.table(table)} having max(id) is not null`.execute(
        transaction,
      );
    await transaction
      .insertInto('audit_head')
      .values({ id: true, ...last })
      .execute();
    await recordIn(transaction, { actor: commandLine, action: 'restore', subject: file });
    return found;
  });
  const chain = await verifyAudit(store);
  if (!chain.isIntact)
    throw new StoreError(`${file}: restored, but its audit log does not hold from entry ${chain.seq} on`);
  return { tables: counts };
}

function read<T extends z.ZodType>(schema: T, text: string, file: string): z.output<T> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new StoreError(`${file}: not a backup of a store`, { cause });
  }
}
