import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { takeFileLock } from '../file_lock.ts';
import type { Database } from './database.ts';
import { migrations } from './migrations.ts';

/** The operational store, migrated and ready. */
export interface Store {
  db: Kysely<Database>;
  close(): Promise<void>;
}

/** The store cannot be opened; the message says what is wrong with it. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

/** Where the embedded store keeps its files. */
export function storeFolder(dataDir: string): string {
  return join(dataDir, 'store');
}

/**
 * Opens the store: PostgreSQL where DATABASE_URL names one, else PGlite in data/store, which one process at a time may hold.
 * Errors: FileLockError where another process holds the embedded store; StoreError.
 */
export async function openStore(dataDir: string, env: Record<string, string | undefined>): Promise<Store> {
  const url = env['DATABASE_URL'];
  return url === undefined || url === '' ? openEmbedded(dataDir) : openPostgres(url);
}

/** Opens a store on a PostgreSQL server. Errors: StoreError. */
export async function openPostgres(url: string): Promise<Store> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString: url, max: 10, application_name: 'aftersight' });
  // A connection that the server drops while nobody uses it is replaced by the next one asked for.
  pool.on('error', () => undefined);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { db, close: () => db.destroy() };
}

async function openEmbedded(dataDir: string): Promise<Store> {
  const folder = storeFolder(dataDir);
  await mkdir(dataDir, { recursive: true });
  const lock = await takeFileLock(`${folder}.lock`);
  try {
    const { PGlite } = await import('@electric-sql/pglite');
    const pglite = await PGlite.create({ dataDir: folder });
    const db = new Kysely<Database>({ dialect: new PGliteDialect({ pglite }) });
    await migrate(db);
    return {
      db,
      async close() {
        await db.destroy();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results.find(({ status }) => status === 'Error')?.migrationName ?? 'the schema';
  const why = error instanceof Error ? error.message : String(error);
  throw new StoreError(`the store could not be brought up to date (${failed}): ${why}`, { cause: error });
}
