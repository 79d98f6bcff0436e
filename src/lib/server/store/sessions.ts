import type { Kysely } from 'kysely';
import type { Database } from './database.ts';

/** Ends every session of an account, and every sign-in of it that waits for a second factor. */
export async function endSessions(db: Kysely<Database>, userId: string): Promise<void> {
  await db.deleteFrom('sessions').where('userId', '=', userId).execute();
  await endChallenges(db, userId);
}

/** Ends what a right password began and no code has ended yet: that password may be right no more. */
export async function endChallenges(db: Kysely<Database>, userId: string): Promise<void> {
  await db.deleteFrom('verifications').where('value', '=', userId).execute();
}
