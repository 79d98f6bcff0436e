import type { RequestEvent } from '@sveltejs/kit';
import { mailLink, tokenLink } from '#lib/server/account_mail.ts';
import { getContext } from '#lib/server/context.ts';
import { MailError } from '#lib/server/mail.ts';
import type { LinkKind } from '#lib/server/store/links.ts';

/** A link on its way: mailed, so that nobody else sees it, or to be passed on by hand where no mail is sent or none was taken. */
export type Delivery =
  | { email: string; kind: LinkKind; link: null }
  | { email: string; kind: LinkKind; link: string; isMailRefused: boolean };

/** Mails the link of a token where mail is configured, else gives it out. */
export async function deliver(
  { url, locals }: Pick<RequestEvent, 'url' | 'locals'>,
  kind: LinkKind,
  email: string,
  token: string,
): Promise<Delivery> {
  const { config, mailer } = await getContext();
  const link = tokenLink(config.web.publicUrl ?? url.origin, kind, token);
  if (!mailer) return { email, kind, link, isMailRefused: false };
  try {
    await mailLink(mailer, { kind, email, link, locale: locals.locale });
    return { email, kind, link: null };
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    process.stderr.write(`${JSON.stringify({ requestId: locals.requestId, error: error.message })}\n`);
    return { email, kind, link, isMailRefused: true };
  }
}
