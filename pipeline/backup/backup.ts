import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { leaseSnapshots } from '#lib/server/leases.ts';
import { readCurrent, snapshotPath } from '#lib/server/snapshot.ts';
import { restoreFrom } from '#lib/server/store/backup.ts';
import { runTask } from '#lib/server/store/control.ts';
import { StoreError, openStore } from '#lib/server/store/store.ts';
import { backUpTask } from '#lib/server/store/tasks.ts';
import { buildingPath, publish } from '../publish/snapshots.ts';

const part = z.object({ file: z.string(), sha256: z.string() });
const manifestSchema = z.object({
  format: z.literal('aftersight backup 2'),
  madeAt: z.iso.datetime(),
  store: part.extend({ tables: z.record(z.string(), z.int()) }),
  /** Keys that were files of the data folder: without them second factors would not open and customers not match. */
  keys: z.array(part.extend({ file: z.enum(['masking.key', 'secret.key']) })),
  snapshot: part.extend({ name: z.string(), asOf: z.string(), publishedAt: z.string() }).nullable(),
});

/** What a backup holds, with a checksum of each part. */
export type Manifest = z.output<typeof manifestSchema>;

/** Writes the store and the snapshot in service into a new folder, the manifest last: a folder without one is no backup. Errors: StoreError. */
export async function backUpTo(dataDir: string, folder: string): Promise<Manifest> {
  await mkdir(dirname(resolve(folder)), { recursive: true });
  await mkdir(folder, { mode: 0o700 }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EEXIST') throw new StoreError(`${folder}: exists already; a backup goes into a new folder`);
    throw cause;
  });
  const storeFile = join(resolve(folder), 'store.ndjson.gz');
  const { tables } = await runTask(dataDir, process.env, backUpTask, { file: storeFile });
  const manifest: Manifest = {
    format: 'aftersight backup 2',
    madeAt: new Date().toISOString(),
    store: { file: 'store.ndjson.gz', sha256: await hashOf(storeFile), tables },
    keys: await copyKeys(dataDir, folder),
    snapshot: await copySnapshot(dataDir, folder),
  };
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
  return manifest;
}

/** Copies the keys that the data folder holds; those in the environment are kept where the environment is. */
async function copyKeys(dataDir: string, folder: string): Promise<Manifest['keys']> {
  const keys: Manifest['keys'] = [];
  for (const file of ['masking.key', 'secret.key'] as const) {
    if (!existsSync(join(dataDir, file))) continue;
    await copyFile(join(dataDir, file), join(folder, file));
    keys.push({ file, sha256: await hashOf(join(folder, file)) });
  }
  return keys;
}

/** Copies the snapshot in service; a lease keeps it from being swept away meanwhile. */
async function copySnapshot(dataDir: string, folder: string): Promise<Manifest['snapshot']> {
  const leases = leaseSnapshots(dataDir);
  const lease = await leases.take();
  try {
    if (!lease) return null;
    const { snapshot: name, asOf, publishedAt } = lease.warehouse.current;
    const file = 'snapshot.duckdb';
    await copyFile(snapshotPath(dataDir, name), join(folder, file));
    return { name, asOf, publishedAt, file, sha256: await hashOf(join(folder, file)) };
  } finally {
    lease?.release();
    leases.close();
  }
}

/** Puts a backup into a data folder that has neither accounts nor a snapshot, after checking every byte of it. Errors: StoreError. */
export async function restoreTo(dataDir: string, folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  for (const { file, sha256 } of [manifest.store, ...manifest.keys, ...(manifest.snapshot ? [manifest.snapshot] : [])])
    if ((await hashOf(join(folder, file))) !== sha256)
      throw new StoreError(`${join(folder, file)}: damaged, its checksum is not that of the backup`);
  if (manifest.snapshot && (await readCurrent(dataDir)))
    throw new StoreError(`${dataDir}: has a snapshot already; a backup is restored into an empty data folder`);
  for (const { file, sha256 } of manifest.keys)
    if (existsSync(join(dataDir, file)) && (await hashOf(join(dataDir, file))) !== sha256)
      throw new StoreError(`${join(dataDir, file)}: another key than that of the backup; move it away first`);
  const store = await openStore(dataDir, process.env);
  try {
    await restoreFrom(store, join(folder, manifest.store.file));
  } finally {
    await store.close();
  }
  for (const { file } of manifest.keys) await copyFile(join(folder, file), join(dataDir, file));
  if (manifest.snapshot) {
    const { name: snapshot, asOf, publishedAt, file } = manifest.snapshot;
    const building = buildingPath(dataDir, snapshot);
    await mkdir(dirname(building), { recursive: true });
    await copyFile(join(folder, file), building);
    await publish(dataDir, { snapshot, asOf, publishedAt });
  }
  return manifest;
}

async function readManifest(folder: string): Promise<Manifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
  } catch (cause) {
    throw new StoreError(`${folder}: no whole backup (its manifest.json is missing or damaged)`, { cause });
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
