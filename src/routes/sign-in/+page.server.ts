import { type RequestEvent, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { roleOf } from '#lib/access/roles.ts';
import { localPath } from '#lib/links.ts';
import { getContext } from '#lib/server/context.ts';
import { type SignInOutcome, signIn, verifySecondFactor } from '#lib/server/sign_in.ts';
import { countAccounts } from '#lib/server/store/accounts.ts';
import { formOf, keepDevice, readForm, requestOf } from '../forms.ts';
import type { Actions, PageServerLoad } from './$types';

const credentials = z.object({ email: z.string().max(320), password: z.string().max(200) });
const factor = z.object({ code: z.string().max(40), kind: z.enum(['app', 'backup']) });
const busySeconds = 5;

export const load: PageServerLoad = async ({ locals, url }) => {
  if (locals.view) redirect(303, startOf(locals, url));
  const { store, config } = await getContext();
  const hasAccounts = (await countAccounts(store)) > 0;
  return { hasAccounts, configPath: hasAccounts ? '' : config.path, step: url.searchParams.get('step') };
};

export const actions: Actions = {
  async password(event) {
    const { store, auth } = await getContext();
    const asked = readForm(credentials, await formOf(event.request));
    if (!asked) return fail(400, { kind: 'wrong' as const, email: '', until: null });
    const outcome = await signIn(auth, store, asked, requestOf(event));
    return goOn(outcome, event, asked.email);
  },
  async factor(event) {
    const { store, auth } = await getContext();
    const asked = readForm(factor, await formOf(event.request));
    if (!asked) return fail(400, { kind: 'wrong' as const, email: '', until: null });
    const given = { code: asked.code.replace(/\s/g, ''), isBackup: asked.kind === 'backup' };
    return goOn(await verifySecondFactor(auth, store, given, requestOf(event)), event, '');
  },
};

function goOn(outcome: SignInOutcome, event: Pick<RequestEvent, 'cookies' | 'url' | 'setHeaders'>, email: string) {
  const to = event.url.searchParams.get('to');
  const back = to === null ? '' : `&to=${encodeURIComponent(to)}`;
  switch (outcome.kind) {
    case 'in':
      keepDevice(event, outcome.device);
      // The next request knows who it is, and where that role starts.
      return redirect(303, to === null ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`);
    case 'second_factor':
      return redirect(303, `/sign-in?step=code${back}`);
    case 'locked':
      return fail(429, { kind: 'locked' as const, email, until: outcome.until.toISOString() });
    case 'busy':
      event.setHeaders({ 'retry-after': String(busySeconds) });
      return fail(503, { kind: 'busy' as const, email, until: null });
    case 'wrong':
      return fail(401, { kind: 'wrong' as const, email, until: null });
  }
}

/** Where somebody goes who is in: back to what they asked for, on this site only, else where their role starts. */
function startOf({ view }: App.Locals, url: URL): string {
  const to = localPath(url.searchParams.get('to') ?? '');
  return to ?? (view ? roleOf(view.visitor.principal.role).lands : '/');
}
