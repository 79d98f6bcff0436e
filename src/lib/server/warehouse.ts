import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection, type DuckDBValue, LIST, VARCHAR, listValue } from '@duckdb/node-api';
import { z } from 'zod';
import { type Current, readCurrent, snapshotPath } from './snapshot.ts';

/** Who asks: null stands for all brands, vendors or agents. */
export interface Scope {
  brands: readonly string[] | null;
  vendors: readonly string[] | null;
  agents: readonly string[] | null;
}

export const everything: Scope = { brands: null, vendors: null, agents: null };

/** A parametrised SELECT of queries/reads with the shapes of its parameters and rows. */
export interface Read<P extends z.ZodType<Parameters>, R extends z.ZodType> {
  name: string;
  parameters: P;
  row: R;
}

type Parameters = Record<string, string | boolean | readonly string[] | null>;

/** A snapshot opened for reading. */
export interface Warehouse {
  current: Current;
  connection: DuckDBConnection;
  close(): void;
}

/** There is nothing to read yet; the message says how to get something. */
export class NoSnapshotError extends Error {
  override readonly name = 'NoSnapshotError';
}

const readsFolder = join(import.meta.dirname, '../../../queries/reads');

/** Opens the snapshot in service read-only, the next one where it was replaced and deleted meanwhile. Errors: NoSnapshotError. */
export async function openWarehouse(dataDir: string): Promise<Warehouse> {
  const current = await readCurrent(dataDir);
  if (!current) throw new NoSnapshotError(`${dataDir}: no snapshot yet; load the data first: npx aftersight run`);
  const path = snapshotPath(dataDir, current.snapshot);
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' }).catch(async (cause: unknown) => {
    if ((await readCurrent(dataDir))?.snapshot === current.snapshot) throw cause;
    return null;
  });
  if (!instance) return openWarehouse(dataDir);
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
  return {
    current,
    connection,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Runs a read inside a scope, which the parameters cannot widen. Errors: ZodError where parameters or rows do not fit. */
export async function read<P extends z.ZodType<Parameters>, R extends z.ZodType>(
  warehouse: Warehouse,
  scope: Scope,
  definition: Read<P, R>,
  parameters: z.input<P>,
): Promise<z.output<R>[]> {
  const sql = await readFile(join(readsFolder, `${definition.name}.sql`), 'utf8');
  const values: Parameters = {
    ...definition.parameters.parse(parameters),
    scope_brands: scope.brands,
    scope_vendors: scope.vendors,
    scope_agents: scope.agents,
  };
  const bound = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toDuckDB(value)]));
  const lists = Object.entries(values).filter(([, value]) => Array.isArray(value));
  const types = Object.fromEntries(lists.map(([name]) => [name, LIST(VARCHAR)]));
  const reader = await warehouse.connection.runAndReadAll(sql, bound, types);
  return z.array(definition.row).parse(reader.getRowObjectsJson());
}

function toDuckDB(value: Parameters[string]): DuckDBValue {
  return typeof value === 'object' && value !== null ? listValue([...value]) : (value ?? null);
}
