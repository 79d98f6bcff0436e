import { randomUUID } from 'node:crypto';
import { type Handle, type HandleServerError, error, redirect } from '@sveltejs/kit';
import { type Need, needOf } from '#lib/access/pages.ts';
import { may } from '#lib/access/roles.ts';
import { type Locale, locales, localeOf } from '#lib/i18n/locale.ts';
import { getContext } from '#lib/server/context.ts';
import type { Lease } from '#lib/server/leases.ts';
import { OutdatedSnapshotError } from '#lib/server/outdated.ts';
import { ReadTimeError } from '#lib/server/read_time.ts';
import { type Visitor, whoIs } from '#lib/server/sign_in.ts';
import { makeTurnstile } from '#lib/server/turnstile.ts';
import { viewOf } from '#lib/server/view.ts';

const yearSeconds = 365 * 86_400;
/** What every answer says beside the policy for scripts (svelte.config.js). */
const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
/** How many requests of one account are answered at a time, so that none takes all there is. */
const requests = makeTurnstile(64);
/** Methods that change nothing, as HTTP has it. */
const safeMethods = ['GET', 'HEAD', 'OPTIONS'];
const themes = ['light', 'dark'] as const;

export const handle: Handle = async ({ event, resolve }) => {
  const { locals, cookies, url, request } = event;
  locals.requestId = randomUUID().slice(0, 8);
  refuseForeign(event);
  rememberPreference(event, 'lang', locales);
  rememberPreference(event, 'theme', [...themes, 'system']);
  locals.locale = locales.find((one) => one === cookies.get('lang')) ?? acceptedLocale(request.headers);
  locals.theme = themes.find((one) => one === cookies.get('theme')) ?? null;
  if (url.pathname.startsWith('/_app/')) return resolve(event);

  const context = await getContext();
  const need = needOf(event.route.id ?? '');
  const visitor = await whoIs(context.auth, context.store, request.headers);
  const leave = visitor && requests.enter(visitor.principal.userId);
  if (visitor && !leave) error(429, { message: 'too many requests at a time', kind: 'busy' });
  let lease: Lease | null = null;
  try {
    lease = visitor && (await context.leases.take());
    locals.view = visitor && (await viewOf(visitor, lease, context));
    if (!visitor && need !== 'nothing' && event.route.id !== null) return await sendToSignIn(event);
    if (visitor && event.route.id !== null) requireNeed(visitor, need, event);
    const response = await resolve(event, {
      transformPageChunk: ({ html }) =>
        html.replace('%lang%', locals.locale).replace('%theme%', locals.theme ? `data-theme="${locals.theme}"` : ''),
    });
    response.headers.set('x-request-id', locals.requestId);
    for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
    if (url.protocol === 'https:') response.headers.set('strict-transport-security', `max-age=${yearSeconds}`);
    response.headers.set('cache-control', response.headers.get('cache-control') ?? 'private, no-cache');
    response.headers.append('vary', 'cookie, accept-language');
    return locals.isTooCostly ? new Response(response.body, { status: 503, headers: response.headers }) : response;
  } finally {
    lease?.release();
    leave?.();
  }
};

/**
 * Whatever changes something is asked for by a page of this site: SvelteKit sees to that for forms alone, and SameSite lets other ports and
 * subdomains through. Errors: 403.
 */
function refuseForeign({ request, url }: Parameters<Handle>[0]['event']): void {
  if (safeMethods.includes(request.method) || request.headers.get('origin') === url.origin) return;
  error(403, { message: 'a request of another site', kind: 'forbidden' });
}

/** A link such as ?lang=en sets a preference and goes on to the same page without it, so that it needs no script. */
function rememberPreference(
  { url, cookies, request }: Parameters<Handle>[0]['event'],
  name: string,
  allowed: readonly string[],
): void {
  const asked = url.searchParams.get(name);
  if (asked === null || request.method !== 'GET') return;
  if (allowed.includes(asked))
    cookies.set(name, asked, { path: '/', maxAge: yearSeconds, sameSite: 'lax', secure: url.protocol === 'https:' });
  const rest = new URL(url);
  rest.searchParams.delete(name);
  // Two slashes at the start would name another host.
  redirect(303, `${rest.pathname.replace(/^\/+/, '/')}${rest.search}`);
}

type Event = Parameters<Handle>[0]['event'];

/** Whether somebody looks at the answer, rather than a program. */
function isForPage({ request, isDataRequest }: Event): boolean {
  return isDataRequest || (request.method === 'GET' && (request.headers.get('accept') ?? '').includes('text/html'));
}

/** Pages lead to the sign-in and back; everything else is told so. */
async function sendToSignIn(event: Event): Promise<Response> {
  if (!isForPage(event)) error(401, { message: 'not signed in', kind: 'not_signed_in' });
  const { url } = event;
  const back = url.pathname + url.search;
  redirect(303, back === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(back)}`);
}

/** Errors: 403 where a role may not, for a page in the frame; also for a route that the table of needs does not know. */
function requireNeed({ principal }: Visitor, need: Need | null, event: Event): void {
  if (need === 'nothing' || need === 'sign_in') return;
  if (need !== null && may(principal.role, need)) return;
  if (isForPage(event)) redirect(303, '/forbidden');
  error(403, { message: 'forbidden', kind: 'forbidden' });
}

function acceptedLocale(headers: Headers): Locale {
  const first = headers.get('accept-language')?.split(',')[0]?.split(';')[0]?.trim();
  return first === undefined || first === '' || first === '*' ? 'zh-CN' : localeOf(first);
}

/** The path as logs may have it: what stands in a link opens an account. */
function pathOf({ route, url }: Pick<Event, 'route' | 'url'>): string {
  return route.id?.includes('[token]') ? route.id : url.pathname;
}

export const handleError: HandleServerError = ({ error, event, status, message }) => {
  const { requestId } = event.locals;
  if (status < 500) return { message, requestId, kind: status === 404 ? 'not_found' : 'bad_request' };
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `${JSON.stringify({ requestId, method: event.request.method, path: pathOf(event), status, error: cause })}\n`,
  );
  event.locals.isTooCostly = error instanceof ReadTimeError;
  return { message, requestId, kind: kindOf(error) };
};

function kindOf(error: unknown): App.Error['kind'] {
  if (error instanceof OutdatedSnapshotError) return 'outdated';
  return error instanceof ReadTimeError ? 'too_costly' : 'internal';
}
