import { sql } from 'kysely';
import type { Store } from './store.ts';

const windowMs = 15 * 60_000;

/** How many sign-ins may fail within a quarter of an hour before no more is tried: of one account, from one address. */
export const mostFailures = { account: 8, address: 60 } as const;

export interface Attempt {
  email: string;
  /** Where the request comes from. */
  address: string;
}

/** The instant until which nobody may try, null where one may. */
export async function lockedUntil(
  store: Store,
  attempt: Attempt,
  now = new Date(),
  most: { account: number; address: number } = mostFailures,
): Promise<Date | null> {
  const since = new Date(now.getTime() - windowMs);
  const rows = await store.db
    .selectFrom('sign_in_failures')
    .select(['key', sql<number>`count(*)::integer`.as('failures'), sql<Date>`max(failed_at)`.as('last_at')])
    .where('key', 'in', keysOf(attempt))
    .where('failed_at', '>', since)
    .groupBy('key')
    .execute();
  const [account] = keysOf(attempt);
  const locks = rows
    .filter(({ key, failures }) => failures >= (key === account ? most.account : most.address))
    .map(({ last_at }) => last_at.getTime() + windowMs);
  return locks.length === 0 ? null : new Date(Math.max(...locks));
}

/** Counts a sign-in that failed. */
export async function countFailure(store: Store, attempt: Attempt, now = new Date()): Promise<void> {
  await store.db
    .insertInto('sign_in_failures')
    .values(keysOf(attempt).map((key) => ({ key, failed_at: now })))
    .execute();
  await store.db
    .deleteFrom('sign_in_failures')
    .where('failed_at', '<', new Date(now.getTime() - 2 * windowMs))
    .execute();
}

/** Forgets what failed of an account, once its owner is in. */
export async function forgetFailures(store: Store, attempt: Attempt): Promise<void> {
  const [account] = keysOf(attempt);
  await store.db.deleteFrom('sign_in_failures').where('key', '=', account).execute();
}

function keysOf({ email, address }: Attempt): [account: string, address: string] {
  return [`account ${email}`, `address ${address}`];
}
