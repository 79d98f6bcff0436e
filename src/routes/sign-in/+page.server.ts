import { type RequestEvent, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { oidcProblems } from '#lib/access/oidc_problems.ts';
import { roleOf } from '#lib/access/roles.ts';
import { mailReset, mayAskForReset } from '#lib/server/account_mail.ts';
import { localPath } from '#lib/links.ts';
import { getContext } from '#lib/server/context.ts';
import { type SignInOutcome, signIn, verifySecondFactor } from '#lib/server/sign_in.ts';
import { countAccounts } from '#lib/server/store/accounts.ts';
import { formOf, keepDevice, readForm, requestOf } from '../forms.ts';
import type { Actions, PageServerLoad } from './$types';

const credentials = z.object({ email: z.string().max(320), password: z.string().max(200) });
/** By then an answer is out. */
const answerMs = 500;
const forgotten = z.object({ email: z.email().max(320) });
const factor = z.object({ code: z.string().max(40), kind: z.enum(['app', 'backup']) });
const busySeconds = 5;

export const load: PageServerLoad = async ({ locals, url }) => {
  if (locals.view) redirect(303, startOf(locals, url));
  const { store, config, oidc, mailer } = await getContext();
  const hasAccounts = (await countAccounts(store)) > 0;
  const problem = url.searchParams.get('problem');
  return {
    hasAccounts,
    configPath: hasAccounts ? '' : config.path,
    step: url.searchParams.get('step'),
    provider: oidc?.settings.label[locals.locale] ?? null,
    providerProblem: oidcProblems.find((one) => one === problem) ?? null,
    sendsMail: mailer !== null,
  };
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
  async forgot(event) {
    const { store, mailer, config } = await getContext();
    const { publicUrl: base } = config.web;
    const email = readForm(forgotten, await formOf(event.request))?.email;
    if (!mailer || base === null || email === undefined)
      return fail(400, { kind: 'noAddress' as const, email: '', until: null });
    const request = requestOf(event);
    const asked = await mayAskForReset(store, email, request);
    if (asked.kind === 'locked') return fail(429, { ...asked, email, until: asked.until.toISOString() });
    // Begun once the answer is out, so that its time does not tell whether there is such an account.
    setTimeout(() => {
      mailReset(store, mailer, { email, base, locale: event.locals.locale }, request).catch((error: unknown) =>
        process.stderr.write(`${JSON.stringify({ requestId: request.requestId, error: String(error) })}\n`),
      );
    }, answerMs);
    return { kind: 'asked' as const, email, until: null };
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
