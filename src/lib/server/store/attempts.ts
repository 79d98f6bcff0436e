import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import type { Store } from './store.ts';

const windowMs = 15 * 60_000;

/**
 * How many attempts may fail within a quarter of an hour before no more is made: of an account from browsers it never signed in from, all
 * together; from a browser it did; by somebody who is in; with the second factor of an account; from one address, whatever the account.
 */
export const mostFailures = { account: 8, device: 8, own: 8, factor: 8, address: 60 } as const;

/** What an attempt is counted under, and how many may fail. Success takes back all of an `own` key, of another only this attempt. */
export interface Count {
  key: string;
  most: number;
  isOwn: boolean;
}

/**
 * What a password is counted under. A browser that the account signed in from is counted by itself, so that nobody who fails elsewhere, on
 * purpose or not, shuts it out.
 */
export function passwordCounts(attempt: { email: string; device: string | null; address: string }): Count[] {
  const { email, device, address } = attempt;
  if (device !== null) return [{ key: `device ${device}`, most: mostFailures.device, isOwn: true }];
  return [
    { key: `account ${email}`, most: mostFailures.account, isOwn: true },
    { key: `address ${address}`, most: mostFailures.address, isOwn: false },
  ];
}

/** What a password is counted under that somebody who is in is asked for once more: whoever holds a stolen session guesses no longer. */
export function ownCounts({ userId }: { userId: string }): Count[] {
  return [{ key: `own ${userId}`, most: mostFailures.own, isOwn: true }];
}

/** What somebody whom an identity provider vouches for is counted under, once it has said who that is; before, by their address alone. */
export function oidcCounts({ subject, address }: { subject: string | null; address: string }): Count[] {
  const byAddress = { key: `address ${address}`, most: mostFailures.address, isOwn: false };
  return subject === null
    ? [byAddress]
    : [{ key: `oidc ${subject}`, most: mostFailures.account, isOwn: true }, byAddress];
}

/** What the code of a second factor is counted under. */
export function factorCounts({ userId }: { userId: string }): Count[] {
  return [{ key: `factor ${userId}`, most: mostFailures.factor, isOwn: true }];
}

/** What a code itself is counted under: each is taken once, since whoever has seen it typed has it too while it is valid. */
export function codeCounts({ userId, code }: { userId: string; code: string }): Count[] {
  return [{ key: `code ${userId} ${code}`, most: 1, isOwn: false }];
}

/** The instant until which nobody may try, null where one may. */
export async function lockedUntil(
  db: Kysely<Database>,
  counts: readonly Count[],
  now = new Date(),
): Promise<Date | null> {
  const keys = counts.map(({ key }) => key);
  const rows = await db
    .selectFrom('sign_in_failures')
    .select(['key', 'failed_at'])
    .where('key', 'in', keys)
    .where('failed_at', '>', new Date(now.getTime() - windowMs))
    .orderBy('failed_at')
    .execute();
  const ends = counts.flatMap(({ key, most }) => {
    // Fewer than `most` are left when the oldest of the last `most` counts no more.
    const oldest = rows.filter((row) => row.key === key).at(-most);
    return oldest ? [oldest.failed_at.getTime() + windowMs] : [];
  });
  return ends.length === 0 ? null : new Date(Math.max(...ends));
}

/** An attempt that may be made. */
export interface Begun {
  until: null;
  ids: readonly number[];
  isLast: boolean;
}

/**
 * Counts an attempt as failed before it is made, so that a thousand at once are no more than as many in a row. Returns what
 * `succeeded` takes back, and whether it is the last for a while should it fail; or until when none may be made, which is then not counted.
 */
export async function begin(
  store: Store,
  counts: readonly Count[],
  now = new Date(),
): Promise<{ until: Date } | Begun> {
  // A flood of what is locked out anyway costs one look.
  const before = await lockedUntil(store.db, counts, now);
  if (before !== null) return { until: before };
  return store.db.transaction().execute(async (transaction) => {
    // Those that come together wait for each other; in one order, so that no two wait for one another.
    for (const key of counts.map((count) => count.key).sort())
      await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(transaction);
    const until = await lockedUntil(transaction, counts, now);
    if (until !== null) return { until };
    await transaction
      .deleteFrom('sign_in_failures')
      .where('failed_at', '<', new Date(now.getTime() - 2 * windowMs))
      .execute();
    const made = await transaction
      .insertInto('sign_in_failures')
      .values(counts.map(({ key }) => ({ key, failed_at: now })))
      .returning('id')
      .execute();
    return { until, ids: made.map(({ id }) => id), isLast: (await lockedUntil(transaction, counts, now)) !== null };
  });
}

/** Takes back an attempt that did not fail, and what failed before it of the same account. */
export async function succeeded(store: Store, counts: readonly Count[], ids: readonly number[]): Promise<void> {
  const keys = counts.filter(({ isOwn }) => isOwn).map(({ key }) => key);
  await store.db
    .deleteFrom('sign_in_failures')
    .where((where) =>
      where.or([
        ...(ids.length > 0 ? [where('id', 'in', ids)] : []),
        ...(keys.length > 0 ? [where('key', 'in', keys)] : []),
      ]),
    )
    .execute();
}
