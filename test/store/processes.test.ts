import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileLockError } from '#lib/server/file_lock.ts';
import { verifyAudit } from '#lib/server/store/audit.ts';
import { listenForTasks, runTask } from '#lib/server/store/control.ts';
import { StoreError, openStore } from '#lib/server/store/store.ts';
import { countAccountsTask, makeAccountTask } from '#lib/server/store/tasks.ts';
import { startPostgres } from '../warehouse/postgres_server.ts';

const writer = new URL('./writer.ts', import.meta.url).pathname;
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'aftersight-processes-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

/** Runs a writer until it has said `entries` entries, kills it, and returns how many it said. */
async function writeAndDie(entries: number, env: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, [writer, dataDir], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text.split('\n').length - 1;
    if (said >= entries) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return said;
}

const person = {
  name: 'Anna',
  email: 'anna@test.example',
  password: null,
  role: 'operator',
  brands: null,
  vendors: null,
  agents: null,
} as const;

describe('the embedded store', () => {
  test('keeps all that a killed process was told is kept, and its log is a chain', async () => {
    let said = 0;
    for (const entries of [1, 7, 30]) said += await writeAndDie(entries, {});
    const store = await openStore(dataDir, {});
    try {
      const chain = await verifyAudit(store);
      expect(chain).toMatchObject({ isIntact: true });
      expect(chain.isIntact && chain.rows).toBeGreaterThanOrEqual(said);
    } finally {
      await store.close();
    }
  });

  test('is held by one process at a time; the command line asks the one that has it', async () => {
    const store = await openStore(dataDir, {});
    const control = await listenForTasks(store, dataDir);
    try {
      await expect(openStore(dataDir, {})).rejects.toThrow(FileLockError);
      const making = [1, 2, 3].map((one) =>
        runTask(dataDir, {}, makeAccountTask, { ...person, email: `${one}@test.example` }),
      );
      expect((await Promise.all(making)).map(({ password }) => password.length)).toEqual([16, 16, 16]);
      await expect(runTask(dataDir, {}, makeAccountTask, { ...person, email: '1@test.example' })).rejects.toThrow(
        StoreError,
      );
      expect(await runTask(dataDir, {}, countAccountsTask, {})).toEqual({ accounts: 3 });
    } finally {
      await control.close();
      await store.close();
    }
    expect(await runTask(dataDir, {}, countAccountsTask, {})).toEqual({ accounts: 3 });
  });

  test('that another process holds without answering is told with what to do', async () => {
    const store = await openStore(dataDir, {});
    await expect(runTask(dataDir, {}, countAccountsTask, {})).rejects.toThrow('wait for it, or stop it');
    await store.close();
  });
});

describe('a store on PostgreSQL', () => {
  test('takes two writers at once, one of them killed, into one chain that holds all they were told is kept', async () => {
    const server = await startPostgres();
    try {
      const env = { DATABASE_URL: server.url };
      await (await openStore(dataDir, env)).close();
      const said = await Promise.all([writeAndDie(40, env), writeAndDie(60, env)]);
      const store = await openStore(dataDir, env);
      try {
        const chain = await verifyAudit(store);
        expect(chain).toMatchObject({ isIntact: true });
        expect(chain.isIntact && chain.rows).toBeGreaterThanOrEqual(said[0] + said[1]);
      } finally {
        await store.close();
      }
    } finally {
      await server.stop();
    }
  });

  test('is brought up to date once by processes that start at the same moment', async () => {
    const server = await startPostgres();
    try {
      const stores = await Promise.all([1, 2, 3].map(() => openStore(dataDir, { DATABASE_URL: server.url })));
      for (const store of stores) await store.close();
    } finally {
      await server.stop();
    }
  });
});
