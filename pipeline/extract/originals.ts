import { type DuckDBConnection, DuckDBScalarFunction, VARCHAR } from '@duckdb/node-api';
import { type OriginalsKey, originalPrefix, sealOriginal } from '#lib/server/originals.ts';
import { identifier, literal } from './sql.ts';

/** Gives a connection the function that `originalSql` calls. */
export function registerSealing(connection: DuckDBConnection, key: OriginalsKey): void {
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: 'seal_original',
      parameterTypes: [VARCHAR, VARCHAR, VARCHAR],
      returnType: VARCHAR,
      volatile: true,
      mainFunction: (_info, input, output) => {
        const [texts, loadIds, columns] = [0, 1, 2].map((index) => input.getColumnVector(index));
        for (let row = 0; row < input.rowCount; row++) {
          const text = texts?.getItem(row);
          const place = { loadId: String(loadIds?.getItem(row)), column: String(columns?.getItem(row)) };
          output.setItem(row, typeof text === 'string' ? sealOriginal(key, place, text) : null);
        }
        output.flush();
      },
    }),
  );
}

/** Writes the SQL of the sealed text where masking changed it, with its alias; null elsewhere. */
export function originalSql(value: string, masked: string, loadId: string, column: string): string {
  return `case when ${masked} <> ${value} then seal_original(${value}, ${literal(loadId)}, ${literal(column)}) end as ${identifier(originalPrefix + column)}`;
}
