import { error, fail, redirect } from '@sveltejs/kit';
import { getContext } from '#lib/server/context.ts';
import { readChoice } from '#lib/server/filter.ts';
import { readGrant } from '#lib/server/grant_form.ts';
import {
  type Account,
  AccountError,
  type Administrator,
  changeGrant,
  listAccounts,
  setDisabled,
} from '#lib/server/store/accounts.ts';
import { unlinkIdentity } from '#lib/server/store/identities.ts';
import { makeResetLink } from '#lib/server/store/links.ts';
import { resetSecondFactor } from '#lib/server/store/second_factors.ts';
import type { Store } from '#lib/server/store/store.ts';
import { type View, orBadRequest, requireAbility } from '#lib/server/view.ts';
import { administrator } from '../administrator.ts';
import { deliver } from '../deliver.ts';
import { formOf } from '../../forms.ts';
import { givenOf } from '../given.ts';
import type { AccountProblem } from '../problem.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const dones = ['saved', 'disabledNow', 'enabledNow', 'factorGone', 'unlinked'] as const;

export const load: PageServerLoad = async (event) => {
  const { account, view } = await opened(event);
  return {
    account,
    isOwn: account.userId === view.visitor.principal.userId,
    brandIds: view.config.brands.map(({ id }) => id),
    vendorIds: view.config.vendors.map(({ id }) => id),
    sendsMail: (await getContext()).mailer !== null,
    done: orBadRequest(() => readChoice(event.url.searchParams, 'done', dones)),
  };
};

export const actions: Actions = {
  async save(event) {
    const { account, view, store, by } = await opened(event);
    const form = await formOf(event.request);
    const grant = readGrant(form, view.config, account);
    if ('kind' in grant) return refuse(grant, givenOf(form));
    return unlessRefused('saved', account, () => changeGrant(store, by, account.userId, grant));
  },
  async disable(event) {
    const { account, store, by } = await opened(event);
    return unlessRefused('disabledNow', account, () => setDisabled(store, by, account.userId, true));
  },
  async enable(event) {
    const { account, store, by } = await opened(event);
    return unlessRefused('enabledNow', account, () => setDisabled(store, by, account.userId, false));
  },
  async reset(event) {
    const { account, store, by } = await opened(event);
    const token = await makeResetLink(store, by, account.email);
    return { delivery: await deliver(event, 'reset', account.email, token) };
  },
  async factor(event) {
    const { account, store, by } = await opened(event);
    if (!(await isConfirmed(event))) return refuse({ kind: 'unconfirmed' }, null);
    return unlessRefused('factorGone', account, () => resetSecondFactor(store, by, account.userId));
  },
  async unlink(event) {
    const { account, store, by } = await opened(event);
    if (!(await isConfirmed(event))) return refuse({ kind: 'unconfirmed' }, null);
    return unlessRefused('unlinked', account, () => unlinkIdentity(store, by, account.userId));
  },
};

async function isConfirmed({ request }: RequestEvent): Promise<boolean> {
  return (await formOf(request)).get('confirmed') === 'yes';
}

/** The account that a request is about. Errors: 403; 404 where there is none. */
async function opened({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>): Promise<{
  account: Account;
  view: View;
  store: Store;
  by: Administrator;
}> {
  const view = requireAbility(locals.view, 'accounts');
  const { store } = await getContext();
  const account = (await listAccounts(store, view.visitor.principal)).find(({ userId }) => userId === params.id);
  if (!account) error(404, { message: 'no such account', kind: 'not_found' });
  return { account, view, store, by: administrator(locals) };
}

async function unlessRefused(done: (typeof dones)[number], { userId }: Account, change: () => Promise<unknown>) {
  try {
    await change();
  } catch (cause) {
    if (cause instanceof AccountError) return refuse({ kind: cause.kind }, null);
    throw cause;
  }
  return redirect(303, `/accounts/${userId}?done=${done}`);
}

function refuse(problem: AccountProblem, given: ReturnType<typeof givenOf> | null) {
  return fail(400, { problem, given });
}
