import { type RequestEvent, error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { passwordLength } from '#lib/server/auth.ts';
import { hashPassword } from '#lib/server/auth.ts';
import { getContext } from '#lib/server/context.ts';
import { makeDevice } from '#lib/server/known_device.ts';
import { signIn } from '#lib/server/sign_in.ts';
import { AccountError } from '#lib/server/store/accounts.ts';
import { type LinkKind, LinkError, acceptInvitation, openLink, useResetLink } from '#lib/server/store/links.ts';
import { formOf, keepDevice, readForm, requestOf } from './forms.ts';

const fields = z.object({
  name: z.string().trim().max(80).default(''),
  password: z.string().max(1000),
  repeat: z.string().max(1000),
});

/** What an invitation or reset is for. Errors: 404 where its link is used, over or made up. */
export async function loadLink(kind: LinkKind, token: string) {
  const { store } = await getContext();
  try {
    const { email, name, role } = await openLink(store, kind, token);
    return { email, name, role, passwordLength };
  } catch (cause) {
    if (cause instanceof LinkError) error(404, { message: cause.message, kind: 'link_over' });
    throw cause;
  }
}

/** Takes a password, uses the link up and signs its owner in. */
export async function useLink(kind: LinkKind, event: RequestEvent<{ token: string }>) {
  const { store, auth } = await getContext();
  const given = readForm(fields, await formOf(event.request));
  const length = given?.password.length ?? 0;
  if (!given || length < passwordLength.least || length > passwordLength.most)
    return fail(400, { problem: 'short' as const });
  const { password, repeat } = given;
  if (password !== repeat) return fail(400, { problem: 'differ' as const });
  const { token } = event.params;
  const { name } = await loadLink(kind, token);
  let isHalfIn = false;
  try {
    const passwordHash = await auth.passwords.run(() => hashPassword(password), { isKnown: true });
    const email =
      kind === 'reset'
        ? await useResetLink(store, token, passwordHash)
        : (await acceptInvitation(store, token, { name: given.name === '' ? name : given.name, passwordHash })).email;
    // Whoever holds the link is no stranger, however many strangers have failed meanwhile.
    const device = makeDevice(auth.options.secret, email);
    const outcome = await signIn(auth, store, { email, password }, { ...requestOf(event), device });
    if (outcome.kind === 'in') keepDevice(event, outcome.device);
    if (outcome.kind === 'second_factor') isHalfIn = true;
  } catch (cause) {
    if (cause instanceof LinkError) error(404, { message: cause.message, kind: 'link_over' });
    if (cause instanceof AccountError) return fail(409, { problem: 'taken' as const });
    throw cause;
  }
  redirect(303, isHalfIn ? '/sign-in?step=code' : '/sign-in');
}
