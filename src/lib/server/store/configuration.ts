import { z } from 'zod';
import { type Fingerprint, diffParts } from '../config_fingerprint.ts';
import { commandLine, recordIn } from './audit.ts';
import type { Store } from './store.ts';

const partsSchema = z.record(z.string(), z.string());
const mostNames = 40;

/**
 * Logs that another configuration is in force than the one last seen here, with the names of its parts that differ; nothing where it is the
 * same. Of servers that see it at once, one logs it. Tells whether this one did.
 */
export async function recordConfiguration(
  store: Store,
  { path, sha256, parts }: Fingerprint & { path: string },
  now = new Date(),
): Promise<boolean> {
  return store.db.transaction().execute(async (transaction) => {
    const seen = { sha256, parts: JSON.stringify(parts), seen_at: now };
    const first = await transaction
      .insertInto('configuration')
      .values({ id: true, ...seen })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    const before = await transaction
      .selectFrom('configuration')
      .select(['sha256', 'parts'])
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (!first && before.sha256 === sha256) return false;
    await transaction.updateTable('configuration').set(seen).execute();
    const { added, removed, changed } = first
      ? { added: [], removed: [], changed: [] }
      : diffParts(partsSchema.parse(before.parts), parts);
    await recordIn(transaction, {
      actor: commandLine,
      action: 'configuration_changed',
      subject: path,
      detail: {
        sha256,
        isFirst: first !== undefined,
        added: shorten(added),
        removed: shorten(removed),
        changed: shorten(changed),
      },
    });
    return true;
  });
}

function shorten(names: readonly string[]): string[] {
  return names.length <= mostNames ? [...names] : [...names.slice(0, mostNames), `+${names.length - mostNames}`];
}
