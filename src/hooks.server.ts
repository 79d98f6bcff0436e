import { randomUUID } from 'node:crypto';
import { type Handle, type HandleServerError, redirect } from '@sveltejs/kit';
import { type Locale, locales, localeOf } from '#lib/i18n/locale.ts';
import { getContext } from '#lib/server/context.ts';
import { OutdatedSnapshotError } from '#lib/server/outdated.ts';
import { viewOf } from '#lib/server/view.ts';

const yearSeconds = 365 * 86_400;
const themes = ['light', 'dark'] as const;

export const handle: Handle = async ({ event, resolve }) => {
  const { locals, cookies, url, request } = event;
  locals.requestId = randomUUID().slice(0, 8);
  rememberPreference(event, 'lang', locales);
  rememberPreference(event, 'theme', [...themes, 'system']);
  locals.locale = locales.find((one) => one === cookies.get('lang')) ?? acceptedLocale(request.headers);
  locals.theme = themes.find((one) => one === cookies.get('theme')) ?? null;
  if (url.pathname.startsWith('/_app/')) return resolve(event);

  const context = await getContext();
  const lease = await context.leases.take();
  locals.view = viewOf(context.config, lease, context);
  try {
    const response = await resolve(event, {
      transformPageChunk: ({ html }) =>
        html.replace('%lang%', locals.locale).replace('%theme%', locals.theme ? `data-theme="${locals.theme}"` : ''),
    });
    response.headers.set('x-request-id', locals.requestId);
    response.headers.set('cache-control', response.headers.get('cache-control') ?? 'private, no-cache');
    response.headers.append('vary', 'cookie, accept-language');
    return response;
  } finally {
    lease?.release();
  }
};

/** A link such as ?lang=en sets a preference and goes on to the same page without it, so that it needs no script. */
function rememberPreference(
  { url, cookies, request }: Parameters<Handle>[0]['event'],
  name: string,
  allowed: readonly string[],
): void {
  const asked = url.searchParams.get(name);
  if (asked === null || request.method !== 'GET') return;
  if (allowed.includes(asked))
    cookies.set(name, asked, { path: '/', maxAge: yearSeconds, sameSite: 'lax', secure: false });
  const rest = new URL(url);
  rest.searchParams.delete(name);
  redirect(303, `${rest.pathname}${rest.search}`);
}

function acceptedLocale(headers: Headers): Locale {
  const first = headers.get('accept-language')?.split(',')[0]?.split(';')[0]?.trim();
  return first === undefined || first === '' || first === '*' ? 'zh-CN' : localeOf(first);
}

export const handleError: HandleServerError = ({ error, event, status, message }) => {
  const { requestId } = event.locals;
  if (status < 500) return { message, requestId, kind: status === 404 ? 'not_found' : 'bad_request' };
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `${JSON.stringify({ requestId, method: event.request.method, path: event.url.pathname, status, error: cause })}\n`,
  );
  return { message, requestId, kind: error instanceof OutdatedSnapshotError ? 'outdated' : 'internal' };
};
