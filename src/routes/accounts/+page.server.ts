import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import { getContext } from '#lib/server/context.ts';
import { readGrant } from '#lib/server/grant_form.ts';
import { AccountError, listAccounts } from '#lib/server/store/accounts.ts';
import { invite } from '#lib/server/store/links.ts';
import { requireAbility } from '#lib/server/view.ts';
import { formOf } from '../forms.ts';
import { givenOf } from './given.ts';
import type { AccountProblem } from './problem.ts';
import type { Actions, PageServerLoad } from './$types';

const person = z.object({ name: z.string().min(1).max(80), email: z.email().max(320) });

export const load: PageServerLoad = async ({ locals }) => {
  const { visitor } = requireAbility(locals.view, 'accounts');
  const { store } = await getContext();
  return { accounts: await listAccounts(store, visitor.principal), ownId: visitor.principal.userId };
};

export const actions: Actions = {
  async invite({ locals, request, url }) {
    const { visitor, config } = requireAbility(locals.view, 'accounts');
    const { store } = await getContext();
    const form = await formOf(request);
    const given = givenOf(form);
    const refuse = (problem: AccountProblem) => fail(400, { problem, given });

    const known = person.safeParse(given);
    if (!known.success) return refuse({ kind: 'invalid', fields: wrongFields(known.error) });
    const grant = readGrant(form, config);
    if ('kind' in grant) return refuse(grant);
    try {
      const by = { ...visitor.principal, name: visitor.name };
      const token = await invite(store, by, { ...known.data, ...grant });
      return { email: known.data.email, link: new URL(`/invitation/${token}`, url.origin).href };
    } catch (error) {
      if (error instanceof AccountError) return refuse({ kind: error.kind });
      throw error;
    }
  },
};

function wrongFields(error: z.ZodError): ('name' | 'email')[] {
  return (['name', 'email'] as const).filter((field) => error.issues.some(({ path }) => path[0] === field));
}
