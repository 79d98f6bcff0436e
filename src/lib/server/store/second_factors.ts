import { may } from '#lib/access/roles.ts';
import { AccessError } from './access_error.ts';
import { AccountError, type Administrator, grantFor, signed } from './accounts.ts';
import { recordIn } from './audit.ts';
import { endSessions } from './sessions.ts';
import type { Store } from './store.ts';

/**
 * Takes the second factor away from somebody who lost it, and ends the sessions of the account, since whoever has the device may have one.
 * Tells whether there was one. Errors: AccessError, AccountError, also for one's own, which takes a password instead.
 */
export async function resetSecondFactor(store: Store, by: Administrator, userId: string): Promise<boolean> {
  if (!may(by.role, 'accounts')) throw new AccessError('accounts');
  if (userId === by.userId) throw new AccountError('own');
  return store.db.transaction().execute(async (transaction) => {
    const { email } = await grantFor(transaction, userId);
    const had = await transaction
      .updateTable('users')
      .set({ twoFactorEnabled: false, updatedAt: new Date() })
      .where('id', '=', userId)
      .where('twoFactorEnabled', '=', true)
      .returning('id')
      .executeTakeFirst();
    await transaction.deleteFrom('second_factors').where('userId', '=', userId).execute();
    if (!had) return false;
    await endSessions(transaction, userId);
    await recordIn(transaction, { ...signed(by), action: 'second_factor_reset', subject: email });
    return true;
  });
}
