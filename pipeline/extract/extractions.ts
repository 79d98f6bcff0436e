import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const extraction = z.object({ extracted_at: z.iso.datetime() });

/** Notes that a database source was read, also when that brought no load; the instant is the database's own (UTC). */
export async function recordExtraction(dataDir: string, source: string, extractedAt: string): Promise<void> {
  const folder = join(dataDir, 'raw', source);
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'extraction.json');
  await writeFile(`${path}.tmp`, `${JSON.stringify({ extracted_at: extractedAt })}\n`, { flush: true });
  await rename(`${path}.tmp`, path);
}

/** Lists when each database source was last read, by name of the source. */
export async function listExtractions(dataDir: string): Promise<Map<string, string>> {
  const raw = join(dataDir, 'raw');
  const found = new Map<string, string>();
  if (!existsSync(raw)) return found;
  for (const source of await readdir(raw)) {
    const path = join(raw, source, 'extraction.json');
    if (existsSync(path)) found.set(source, extraction.parse(JSON.parse(await readFile(path, 'utf8'))).extracted_at);
  }
  return found;
}
