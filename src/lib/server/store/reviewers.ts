import { type Principal, scopeOf } from '#lib/access/principal.ts';
import { may, roles } from '#lib/access/roles.ts';
import { AccessError } from './access_error.ts';
import type { Store } from './store.ts';

/** Somebody who may score cases, with what they may see. */
export interface Reviewer {
  principal: Principal;
  name: string;
}

/** Whoever may score a case that the principal may see too, by name. Errors: AccessError. */
export async function listReviewers(store: Store, by: Principal): Promise<Reviewer[]> {
  if (!may(by.role, 'manage_quality')) throw new AccessError('manage_quality');
  const rows = await store.db
    .selectFrom('users')
    .innerJoin('grants', 'grants.user_id', 'users.id')
    .select(['users.id', 'users.name', 'role', 'brands', 'vendors', 'agents'])
    .where(
      'role',
      'in',
      roles.filter((role) => may(role, 'review')),
    )
    .where('disabled_at', 'is', null)
    .orderBy('users.name')
    .execute();
  const mine = scopeOf(by);
  return rows
    .map(({ id: userId, name, ...grant }) => ({ name, principal: { userId, ...grant } }))
    .filter(({ principal }) => {
      const theirs = scopeOf(principal);
      return overlaps(mine.brands, theirs.brands) && overlaps(mine.vendors, theirs.vendors);
    });
}

function overlaps(a: readonly string[] | null, b: readonly string[] | null): boolean {
  return a === null || b === null || a.some((id) => b.includes(id));
}
