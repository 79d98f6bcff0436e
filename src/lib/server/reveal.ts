import { join } from 'node:path';
import { glob } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import { may } from '#lib/access/roles.ts';
import { type Scope, scopeOf } from '#lib/access/principal.ts';
import { headRead, keyRead, messageRecordRead } from './case_reads.ts';
import { type OriginalsKey, openOriginal, originalPrefix } from './originals.ts';
import type { Visitor } from './sign_in.ts';
import { AccessError } from './store/access_error.ts';
import { record } from './store/audit.ts';
import type { Store } from './store/store.ts';
import { type Warehouse, read } from './warehouse.ts';

/** What somebody wants to read in full, and why; the reason goes into the audit log as it is written. */
export interface RevealRequest {
  caseId: string;
  messageId: string;
  reason: string;
  requestId: string | null;
}

/** The original texts of a message, one for each column that was masked; or why there are none. */
export type Revealed =
  | { kind: 'texts'; texts: string[] }
  /** No such message in the scope; it was loaded without its original or nothing in it was masked; no key here; sealed with another key. */
  | { kind: 'unknown' | 'not_kept' | 'no_key' | 'other_key' };

/** Where originals are: the raw layer, and the key they were sealed with, null where this server has none. */
export interface Originals {
  dataDir: string;
  key: OriginalsKey | null;
}

/** Opens the original of a message, after an entry in the audit log says who reads it and why. Errors: AccessError without the right. */
export async function revealMessage(
  { warehouse, store, originals }: { warehouse: Warehouse; store: Store; originals: Originals },
  { principal, name }: Visitor,
  { caseId, messageId, reason, requestId }: RevealRequest,
): Promise<Revealed> {
  if (!may(principal.role, 'reveal')) throw new AccessError('reveal');
  const { dataDir, key } = originals;
  if (key === null) return { kind: 'no_key' };
  const place = await findRecord(warehouse, scopeOf(principal), caseId, messageId);
  if (!place) return { kind: 'unknown' };
  const sealed = await readSealed(dataDir, place);
  if (sealed.length === 0) return { kind: 'not_kept' };
  if (sealed.some(({ text }) => !text.startsWith(`${key.id}.`))) return { kind: 'other_key' };
  const actor = { id: principal.userId, name };
  await record(store, { actor, action: 'reveal', subject: caseId, detail: { message: messageId, reason }, requestId });
  const texts = sealed.flatMap(({ column, text }) => openOriginal(key, { loadId: place.load_id, column }, text) ?? []);
  return { kind: 'texts', texts };
}

type Place = z.output<(typeof messageRecordRead)['row']>;

async function findRecord(
  warehouse: Warehouse,
  scope: Scope,
  caseId: string,
  messageId: string,
): Promise<Place | null> {
  for (const { case_key } of await read(warehouse, scope, keyRead, { case_id: caseId })) {
    const [head] = await read(warehouse, scope, headRead, { case_key });
    if (head?.case_id !== caseId) continue;
    const [place] = await read(warehouse, scope, messageRecordRead, { case_key, message_id: messageId });
    if (place) return place;
  }
  return null;
}

const sealedRows = z.array(z.object({ column: z.string(), text: z.string() }));

/** The sealed originals of one record of raw, without those that are null. */
async function readSealed(dataDir: string, place: Place): Promise<{ column: string; text: string }[]> {
  const folder = join(dataDir, 'raw', place.source);
  const [file] = await Array.fromAsync(glob(`*/${place.load_id}.parquet`, { cwd: folder }));
  if (file === undefined) return [];
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    const result = await connection.runAndReadAll(
      // Of a good record, _malformed is null; it is there so that some column always is.
      `unpivot (select columns('^${originalPrefix}|^_malformed$') from read_parquet($path, file_row_number = true) where file_row_number = $row) on * into name "column" value text`,
      { path: join(folder, file), row: place.record - 1 },
    );
    return sealedRows
      .parse(result.getRowObjectsJson())
      .map(({ column, text }) => ({ column: column.slice(originalPrefix.length), text }));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
