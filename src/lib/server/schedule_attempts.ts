import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const scheduledAttemptSchema = z.object({
  dueAt: z.iso.datetime(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  exitCode: z.int().nullable(),
  /** The end of what it wrote to the terminal, where it failed. */
  error: z.string().nullable(),
  /** Stopped together with the server, so still to be made up for. */
  wasStopped: z.boolean(),
  /** How often the server died under this run. */
  deaths: z.int().nonnegative(),
});

/** The last time the schedule started a run; `endedAt` is null while it is under way, and where the server died with it. */
export type ScheduledAttempt = z.infer<typeof scheduledAttemptSchema>;

function pathIn(dataDir: string): string {
  return join(dataDir, 'schedule.json');
}

/** The last attempt of the schedule on a data folder; null where there is none that can be read. */
export async function readAttempt(dataDir: string): Promise<ScheduledAttempt | null> {
  const text = await readFile(pathIn(dataDir), 'utf8').catch(() => 'null');
  try {
    return scheduledAttemptSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Keeps the last attempt for the next start of the server. */
export async function writeAttempt(dataDir: string, attempt: ScheduledAttempt): Promise<void> {
  const path = pathIn(dataDir);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.tmp`, `${JSON.stringify(attempt, null, 2)}\n`);
  await rename(`${path}.tmp`, path);
}
