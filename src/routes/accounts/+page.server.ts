import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { getContext } from '#lib/server/context.ts';
import { readChoice } from '#lib/server/filter.ts';
import { readGrant } from '#lib/server/grant_form.ts';
import { AccountError, listAccounts } from '#lib/server/store/accounts.ts';
import { invite, listInvitations, withdrawInvitation } from '#lib/server/store/links.ts';
import { orBadRequest, requireAbility } from '#lib/server/view.ts';
import { administrator } from './administrator.ts';
import { deliver } from './deliver.ts';
import { formOf } from '../forms.ts';
import { givenOf } from './given.ts';
import type { AccountProblem } from './problem.ts';
import type { Actions, PageServerLoad } from './$types';

const person = z.object({ name: z.string().min(1).max(80), email: z.email().max(320) });

const dones = ['withdrawn'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
  const { visitor } = requireAbility(locals.view, 'accounts');
  const { store, mailer } = await getContext();
  const [accounts, invitations] = await Promise.all([
    listAccounts(store, visitor.principal),
    listInvitations(store, visitor.principal),
  ]);
  const done = orBadRequest(() => readChoice(url.searchParams, 'done', dones));
  return { accounts, invitations, ownId: visitor.principal.userId, done, sendsMail: mailer !== null };
};

export const actions: Actions = {
  async invite(event) {
    const { config } = requireAbility(event.locals.view, 'accounts');
    const { store } = await getContext();
    const form = await formOf(event.request);
    const given = givenOf(form);
    const refuse = (problem: AccountProblem) => fail(400, { problem, given });

    const known = person.safeParse(given);
    if (!known.success) return refuse({ kind: 'invalid', fields: wrongFields(known.error) });
    const grant = readGrant(form, config);
    if ('kind' in grant) return refuse(grant);
    try {
      const token = await invite(store, administrator(event.locals), { ...known.data, ...grant });
      return { delivery: await deliver(event, 'invitation', known.data.email, token) };
    } catch (error) {
      if (error instanceof AccountError) return refuse({ kind: error.kind });
      throw error;
    }
  },
  async withdraw({ locals, request }) {
    const { store } = await getContext();
    const email = (await formOf(request)).get('email');
    await withdrawInvitation(store, administrator(locals), typeof email === 'string' ? email : '');
    return redirect(303, '/accounts?done=withdrawn');
  },
};

function wrongFields(error: z.ZodError): ('name' | 'email')[] {
  return (['name', 'email'] as const).filter((field) => error.issues.some(({ path }) => path[0] === field));
}
