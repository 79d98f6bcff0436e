import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { z } from 'zod';
import type { Numbers } from '#lib/metrics/slice.ts';
import { explainReadError } from './outdated.ts';
import { type Parameters, type Read, type Warehouse, bind, sqlOf, valuesOf } from './warehouse.ts';
import type { Scope } from '#lib/access/principal.ts';

/** What a read of whole numbers answers, a column an array. */
export type Columns = ReadonlyMap<string, Numbers>;

/** Runs a read whose columns are whole numbers from 0 on, without making rows; null where there are more than `atMost`. Errors: a null. */
export async function readColumns<P extends z.ZodType<Parameters>, R extends z.ZodType>(
  warehouse: Warehouse,
  scope: Scope,
  definition: Read<P, R>,
  parameters: z.input<P>,
  atMost: number,
): Promise<Columns | null> {
  const sql = await sqlOf(definition.name);
  const { bound, types } = bind(sql, valuesOf(scope, definition, parameters));
  return warehouse.withConnection(async (connection) => {
    const result = await connection.stream(sql, bound, types).catch((error: unknown) => {
      throw explainReadError(error, definition.name, warehouse.current.snapshot);
    });
    const chunks: DuckDBDataChunk[] = [];
    let rows = 0;
    for await (const chunk of result) {
      rows += chunk.rowCount;
      if (rows > atMost) return null;
      chunks.push(chunk);
    }
    return new Map(result.columnNames().map((name, column) => [name, packed(copied(chunks, column, rows, name))]));
  });
}

function copied(chunks: readonly DuckDBDataChunk[], column: number, rows: number, name: string): Int32Array {
  const values = new Int32Array(rows);
  let at = 0;
  for (const chunk of chunks) {
    const vector = chunk.getColumnVector(column);
    for (let item = 0; item < vector.itemCount; item++) {
      const value = vector.getItem(item);
      if (typeof value !== 'number') throw new Error(`${name}: ${String(value)} where a number was expected`);
      values[at++] = value;
    }
  }
  return values;
}

/** The same numbers in as few bytes as they need. */
function packed(values: Int32Array): Numbers {
  let highest = 0;
  for (const value of values) highest = Math.max(highest, value);
  if (highest < 2 ** 8) return Uint8Array.from(values);
  return highest < 2 ** 16 ? Uint16Array.from(values) : values;
}
