import { mkdir, open, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type RunRecord, type RunStage, runStages } from '#lib/server/run_record.ts';
import { heartbeatMs, runsFolder } from '#lib/server/runs.ts';

const keptRecords = 60;
const reservedBytes = 16_384;

/** One attempt at a run, written down from its begin to its end. */
export interface Attempt {
  /** What is known of it so far; becomes the record. */
  record: RunRecord;
  /** Notes the furthest stage it came to. */
  reach(stage: RunStage): void;
  /** Writes the record for the last time and removes the oldest. Never fails: returns why it could not be written, else null. */
  end(): Promise<string | null>;
}

/**
 * Begins the record of an attempt. A record that cannot be written, on a full disk say, is no reason for a run to fail; the record
 * is touched while the run lives, so that one that ends no more can be told from one under way. Only under the lock.
 */
export async function beginAttempt(dataDir: string, runId: string, startedAt: Date): Promise<Attempt> {
  const path = join(runsFolder(dataDir), `${runId}.json`);
  const record = emptyRecord(runId, startedAt);
  let problem: string | null = null;
  const write = async (): Promise<void> => {
    problem = await writeRecord(path, record);
  };
  await removeDrafts(dataDir);
  await write();
  let writing = Promise.resolve();
  const heartbeat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), heartbeatMs);
  heartbeat.unref();
  return {
    record,
    reach(stage) {
      if (record.stage !== null && runStages.indexOf(stage) <= runStages.indexOf(record.stage)) return;
      record.stage = stage;
      writing = writing.then(write);
    },
    async end() {
      clearInterval(heartbeat);
      record.endedAt = new Date().toISOString();
      await writing.then(write);
      await removeOldest(dataDir);
      return problem;
    },
  };
}

function emptyRecord(runId: string, startedAt: Date): RunRecord {
  return {
    runId,
    startedAt: startedAt.toISOString(),
    endedAt: null,
    host: hostname(),
    pid: process.pid,
    stage: null,
    exitCode: null,
    failure: null,
    published: false,
    asOf: null,
    newLoads: null,
    files: [],
    checks: [],
    mergeProblems: [],
    relations: [],
    stages: [],
    warnings: [],
  };
}

/** Writes a record whole or not at all, the last time at least in brief; returns why it could not, else null. */
async function writeRecord(path: string, record: RunRecord): Promise<string | null> {
  const draft = `${path}.tmp`;
  const text = `${JSON.stringify(record, null, 2)}\n`;
  try {
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(draft, record.endedAt === null ? text.padEnd(reservedBytes) : text);
    await rename(draft, path);
    return null;
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    if (record.endedAt !== null && (await overwrite(path, record))) return null;
    return error instanceof Error ? error.message : String(error);
  }
}

/** Writes what matters of a record into the space that the one before took, which a full disk leaves it. */
async function overwrite(path: string, record: RunRecord): Promise<boolean> {
  const brief = { ...record, files: [], checks: [], mergeProblems: [], relations: [] };
  const text = `${JSON.stringify(brief)}\n`;
  try {
    const file = await open(path, 'r+');
    await file
      .write(text, 0)
      .then(() => file.truncate(Buffer.byteLength(text)))
      .finally(() => file.close());
    return true;
  } catch {
    return false;
  }
}

/** Removes what a kill left half-written. */
async function removeDrafts(dataDir: string): Promise<void> {
  for (const name of await namesIn(dataDir, '.json.tmp')) await rm(join(runsFolder(dataDir), name), { force: true });
}

async function removeOldest(dataDir: string): Promise<void> {
  const names = (await namesIn(dataDir, '.json')).sort();
  const surplus = names.slice(0, Math.max(0, names.length - keptRecords));
  for (const name of surplus) await rm(join(runsFolder(dataDir), name), { force: true }).catch(() => undefined);
}

async function namesIn(dataDir: string, ending: string): Promise<string[]> {
  const names = await readdir(runsFolder(dataDir)).catch(() => []);
  return names.filter((name) => name.endsWith(ending));
}
