import { type Actor, type NewAccount, equip, makeAccountIn, normalEmail } from './accounts.ts';
import type { Store } from './store.ts';

/** Makes an account, anew where its address has one: under the same id, since work of others refers to it, and signed out everywhere. */
export async function putAccount(store: Store, actor: Actor, account: NewAccount): Promise<string> {
  return store.db.transaction().execute(async (transaction) => {
    const known = await transaction
      .selectFrom('users')
      .select('id')
      .where('email', '=', normalEmail(account.email))
      .forUpdate()
      .executeTakeFirst();
    if (!known) return makeAccountIn(transaction, actor, account);
    for (const table of ['sessions', 'credentials', 'second_factors'] as const)
      await transaction.deleteFrom(table).where('userId', '=', known.id).execute();
    await transaction.deleteFrom('grants').where('user_id', '=', known.id).execute();
    await transaction
      .updateTable('users')
      .set({ name: account.name, twoFactorEnabled: null })
      .where('id', '=', known.id)
      .execute();
    await equip(transaction, actor, known.id, account, null);
    return known.id;
  });
}
