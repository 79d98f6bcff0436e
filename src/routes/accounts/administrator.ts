import type { Administrator } from '#lib/server/store/accounts.ts';
import { requireAbility } from '#lib/server/view.ts';

/** Who changes accounts by this request. Errors: 401, 403. */
export function administrator({ view, requestId }: App.Locals): Administrator {
  const { principal, name } = requireAbility(view, 'accounts').visitor;
  return { ...principal, name, requestId };
}
