import { readFile, readdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type RunRecord, runRecordSchema } from './run_record.ts';
import { type RunFacts, type RunSummary, factsOf, stateOf, unreadableRun } from './run_summary.ts';
import { readCurrent } from './snapshot.ts';

/** How often a run touches its record while it lives. */
export const heartbeatMs = 15_000;
const silentAfterMs = 8 * heartbeatMs;
const fileName = /^(\d{8}T\d{9}Z)\.json$/;

/** The records of all runs on one data folder. */
export interface RunLog {
  /** Every run there is a record of, newest first. */
  list(): Promise<RunSummary[]>;
  /** The newest run that is over; null where there is none. */
  newestOver(): Promise<RunSummary | null>;
  /** Null where there is no such record, or none that can be read. */
  find(runId: string): Promise<{ summary: RunSummary; record: RunRecord } | null>;
}

/** What decides whether a run without an end is still under way. */
export interface Surroundings {
  now: () => Date;
  host: string;
  isProcessAlive: (pid: number) => boolean;
}

/** What of a record is kept in memory: its lists are long. */
interface Entry {
  runId: string;
  version: string;
  touchedMs: number;
  known: (RunFacts & Pick<RunRecord, 'host' | 'pid' | 'published'>) | null;
}

export function runsFolder(dataDir: string): string {
  return join(dataDir, 'runs');
}

/** Opens the records of the runs on a data folder; each is read once, and again only when it changes. */
export function openRunLog(
  dataDir: string,
  surroundings: Surroundings = { now: () => new Date(), host: hostname(), isProcessAlive },
): RunLog {
  const folder = runsFolder(dataDir);
  const entries = new Map<string, Entry>();

  const lookUp = async (runId: string): Promise<Entry | null> => {
    const path = join(folder, `${runId}.json`);
    const status = await stat(path).catch(() => null);
    if (status === null) return null;
    const version = `${status.mtimeMs}-${status.size}`;
    const found = entries.get(runId);
    if (found?.version === version) return found;
    const record = await readRecord(path);
    const known = record && { ...factsOf(record), host: record.host, pid: record.pid, published: record.published };
    const entry = { runId, version, touchedMs: status.mtimeMs, known };
    entries.set(runId, entry);
    return entry;
  };

  const newestFirst = async (): Promise<string[]> =>
    (await readdir(folder).catch(absent))
      .flatMap((name) => fileName.exec(name)?.[1] ?? [])
      .sort()
      .reverse();
  const inService = async (): Promise<string | null> => (await readCurrent(dataDir))?.snapshot ?? null;

  const list = async (): Promise<RunSummary[]> => {
    const runIds = await newestFirst();
    for (const runId of entries.keys()) if (!runIds.includes(runId)) entries.delete(runId);
    const found = (await Promise.all(runIds.map(lookUp))).filter((entry) => entry !== null);
    const snapshot = await inService();
    return found.map((entry, index) => summarize(entry, index === 0, snapshot, surroundings));
  };

  return {
    list,
    async newestOver() {
      const found = (await Promise.all((await newestFirst()).slice(0, 2).map(lookUp))).filter(
        (entry) => entry !== null,
      );
      const snapshot = await inService();
      const runs = found.map((entry, index) => summarize(entry, index === 0, snapshot, surroundings));
      return runs.find(({ state }) => state !== 'running') ?? null;
    },
    async find(runId) {
      const summary = (await list()).find((one) => one.runId === runId);
      const record = summary ? await readRecord(join(folder, `${summary.runId}.json`)) : null;
      return summary && record ? { summary, record } : null;
    },
  };
}

/** Runs follow each other under a lock, so one with a later run behind it is over, however it ended. */
function summarize(
  { runId, touchedMs, known }: Entry,
  isNewest: boolean,
  inService: string | null,
  { now, host, isProcessAlive: isThere }: Surroundings,
): RunSummary {
  if (known === null) return unreadableRun(runId);
  const { host: runsOn, pid, published, ...facts } = known;
  const isSilent = now().getTime() - touchedMs > silentAfterMs;
  const isAlive = isNewest && !isSilent && (runsOn !== host || isThere(pid));
  return { runId, ...facts, state: stateOf({ ...facts, isAlive, isPublished: published || inService === runId }) };
}

/** Null where the record does not parse: written by another version, or damaged. */
async function readRecord(path: string): Promise<RunRecord | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  try {
    return runRecordSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function absent(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
