import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

// A process of its own: nothing but `create table as from read_csv` of every file of a folder, into a database on disk.
const [folder = '', database = ''] = process.argv.slice(2);
const instance = await DuckDBInstance.create(database);
const connection = await instance.connect();
for (const name of (await readdir(folder)).filter((file) => file.endsWith('.csv')).sort()) {
  // Known defects are part of the sample: a typed read stops at the first of them unless told to go on.
  await connection.run(`create table "${name}" as from read_csv('${join(folder, name)}', ignore_errors = true)`);
}
await connection.run('checkpoint');
