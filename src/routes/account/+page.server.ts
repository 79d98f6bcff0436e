import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { passwordLength } from '#lib/server/auth.ts';
import { getContext } from '#lib/server/context.ts';
import { readChoice } from '#lib/server/filter.ts';
import {
  type PasswordRefusal,
  changePassword,
  confirmSecondFactor,
  endSecondFactor,
  hasPassword,
  ownSessions,
  startSecondFactor,
} from '#lib/server/own_account.ts';
import { qrCode } from '#lib/server/qr_code.ts';
import { signOutEverywhere } from '#lib/server/sign_in.ts';
import { orBadRequest, requireView } from '#lib/server/view.ts';
import { formOf, readForm, requestOf } from '../forms.ts';
import type { Actions, PageServerLoad } from './$types';

const dones = ['changed', 'turnedOn', 'turnedOff', 'alreadyOn'] as const;
const text = z.string().max(1000);
const passwords = z.object({ current: text, next: text, repeat: text });
const onePassword = z.object({ password: text });
/** What waits for its first code goes along with the page, since it is shown to nobody twice. */
const firstCode = z.object({
  code: z.string().max(40),
  uri: z.string().max(300).startsWith('otpauth://totp/'),
  backupCodes: text,
});

export const load: PageServerLoad = async ({ locals, url }) => {
  const { visitor } = requireView(locals.view);
  const { store } = await getContext();
  return {
    email: visitor.email,
    principal: visitor.principal,
    hasSecondFactor: visitor.hasSecondFactor,
    sessions: await ownSessions(store, visitor),
    hasPassword: await hasPassword(store, visitor),
    passwordLength,
    done: orBadRequest(() => readChoice(url.searchParams, 'done', dones)),
  };
};

export const actions: Actions = {
  async password(event) {
    const { store, auth } = await getContext();
    const asked = readForm(passwords, await formOf(event.request));
    if (!asked) return fail(400, { at: 'password' as const, problem: 'short' as const });
    if (asked.next !== asked.repeat) return fail(400, { at: 'password' as const, problem: 'differ' as const });
    const done = await changePassword(auth, store, requireView(event.locals.view).visitor, asked, requestOf(event));
    if (done.kind === 'changed') return goOn('changed');
    if (done.kind === 'short') return fail(400, { at: 'password' as const, problem: 'short' as const });
    return refuse('password', done);
  },

  async start(event) {
    const { store, auth } = await getContext();
    const { visitor } = requireView(event.locals.view);
    const password = readForm(onePassword, await formOf(event.request))?.password ?? '';
    const done = await startSecondFactor(auth, store, visitor, password, requestOf(event));
    if (done.kind === 'on') return goOn('alreadyOn');
    if (done.kind !== 'started') return refuse('factor', done);
    const { uri, backupCodes } = done.factor;
    return { at: 'scan' as const, problem: null, factor: shown(uri, backupCodes) };
  },

  async confirm(event) {
    const { store, auth } = await getContext();
    const { visitor } = requireView(event.locals.view);
    const asked = readForm(firstCode, await formOf(event.request));
    if (!asked) return fail(400, { at: 'factor' as const, problem: 'wrongCode' as const });
    const code = asked.code.replace(/\s/g, '');
    if (await confirmSecondFactor(auth, store, visitor, code, requestOf(event))) return goOn('turnedOn');
    const factor = shown(asked.uri, asked.backupCodes.split(' '));
    return fail(400, { at: 'scan' as const, problem: 'wrongCode' as const, factor });
  },

  async end(event) {
    const { store, auth } = await getContext();
    const { visitor } = requireView(event.locals.view);
    const password = readForm(onePassword, await formOf(event.request))?.password ?? '';
    const done = await endSecondFactor(auth, store, visitor, password, requestOf(event));
    return done.kind === 'off' ? goOn('turnedOff') : refuse('factor', done);
  },

  async everywhere(event) {
    const { store, auth } = await getContext();
    await signOutEverywhere(auth, store, requireView(event.locals.view).visitor, requestOf(event));
    return redirect(303, '/sign-in');
  },
};

function shown(uri: string, backupCodes: string[]) {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  return { uri, secret, backupCodes, qr: qrCode(uri) };
}

/** Sessions were changed: the next request sees the account as it is now. */
function goOn(done: (typeof dones)[number]): never {
  redirect(303, `/account?done=${done}`);
}

function refuse<At extends 'password' | 'factor'>(at: At, refusal: PasswordRefusal) {
  return refusal.kind === 'locked'
    ? fail(429, { at, problem: 'locked' as const, until: refusal.until.toISOString() })
    : fail(400, { at, problem: 'wrongPassword' as const });
}
