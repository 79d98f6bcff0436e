import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of all DuckDB SQL, found upwards from here: a built app runs from another folder than the sources. */
export const queriesFolder = findUpwards(import.meta.dirname);

function findUpwards(folder: string): string {
  const queries = join(folder, 'queries');
  if (existsSync(join(queries, 'reads'))) return queries;
  if (dirname(folder) === folder) throw new Error(`no folder queries/ above ${import.meta.dirname}`);
  return findUpwards(dirname(folder));
}
