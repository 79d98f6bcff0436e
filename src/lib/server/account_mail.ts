import type { Locale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import type { Mailer } from './mail.ts';
import type { SignInRequest } from './sign_in.ts';
import { normalEmail } from './store/accounts.ts';
import { begin } from './store/attempts.ts';
import { type LinkKind, makeResetLinkFor } from './store/links.ts';
import type { Store } from './store/store.ts';

/** How often a link may be asked for within a quarter of an hour: to one address, from one place. */
const mostResets = { account: 3, address: 20 };

/** Where the link of a token leads. */
export function tokenLink(base: string, kind: LinkKind, token: string): string {
  return new URL(`/${kind}/${token}`, base).href;
}

/** Sends somebody the link by which they set their password. Errors: MailError. */
export async function mailLink(
  mailer: Mailer,
  { kind, email, link, locale }: { kind: LinkKind; email: string; link: string; locale: Locale },
): Promise<void> {
  const t = translator(locale);
  await mailer.send({
    to: email,
    subject: t(`access.mail.${kind}Subject`),
    text: [t(`access.mail.${kind}`, { email }), link, t(`access.mail.${kind}Note`), t('access.mail.signature')].join(
      '\n\n',
    ),
  });
}

/** Takes a request for a new password; nobody learns by it whether an address has an account. */
export async function mayAskForReset(
  store: Store,
  given: string,
  { address }: SignInRequest,
): Promise<{ kind: 'asked' } | { kind: 'locked'; until: Date }> {
  const { until } = await begin(store, [
    { key: `reset ${normalEmail(given)}`, most: mostResets.account, isOwn: false },
    { key: `reset from ${address}`, most: mostResets.address, isOwn: false },
  ]);
  return until === null ? { kind: 'asked' } : { kind: 'locked', until };
}

/** Sends a link to an account that has a password; to nobody else, and says nothing of it. Errors: MailError. */
export async function mailReset(
  store: Store,
  mailer: Mailer,
  { email: given, base, locale }: { email: string; base: string; locale: Locale },
  { address, requestId }: SignInRequest,
): Promise<void> {
  const account = await store.db
    .selectFrom('users')
    .innerJoin('grants', 'grants.user_id', 'users.id')
    .innerJoin('credentials', 'credentials.userId', 'users.id')
    .select('users.email')
    .where('users.email', '=', normalEmail(given))
    .where('providerId', '=', 'credential')
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (!account) return;
  const { email } = account;
  const token = await makeResetLinkFor(store, { actor: null, requestId, detail: { address, by: 'mail' } }, email);
  await mailLink(mailer, { kind: 'reset', email, link: tokenLink(base, 'reset', token), locale });
}
