import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Store, openPostgres, openStore, storeFolder } from '#lib/server/store/store.ts';
import { startPostgres } from '../warehouse/postgres_server.ts';

/** A database that stores are opened on, one after the other or at once. */
export interface StoreHome {
  /** Opens an empty store of its own. */
  fresh(): Promise<Store>;
  close(): Promise<void>;
}

export const engines = ['PGlite', 'PostgreSQL'] as const;

/** Where stores of an engine live for the length of a suite. */
export async function openHome(engine: (typeof engines)[number]): Promise<StoreHome> {
  return engine === 'PGlite' ? embeddedHome() : postgresHome();
}

/** Copies a store made once: making the files of a database anew takes PGlite seconds. */
async function embeddedHome(): Promise<StoreHome> {
  const folder = await mkdtemp(join(tmpdir(), 'aftersight-store-'));
  const template = join(folder, 'template');
  await (await openStore(template, {})).close();
  let count = 0;
  return {
    async fresh() {
      const dataDir = join(folder, String(++count));
      await cp(storeFolder(template), storeFolder(dataDir), { recursive: true });
      return openStore(dataDir, {});
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function postgresHome(): Promise<StoreHome> {
  const server = await startPostgres();
  let count = 0;
  return {
    async fresh() {
      const name = `store_${++count}`;
      const client = new Client({ connectionString: server.url });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      return openPostgres(url.href);
    },
    close: () => server.stop(),
  };
}
