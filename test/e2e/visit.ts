import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Every page of the app that needs nothing but the sample. */
export const pages = [
  '/',
  '/?metric=dispute_rate&compare=year',
  '/metrics',
  '/metrics/first_response',
  '/metrics/first_response?by=reason_agent&and=platform&grain=week',
  '/metrics/refund_time?by=month',
  '/explore',
  '/cases',
  '/cases?metric=first_response&kind=failing',
  '/refunds',
  '/runs',
] as const;

/** The pages of quality, which need reviews in the store: of those of `scoreReviews` the first is open, the fifth final. */
export const qualityPages = [
  '/quality',
  '/quality/queue',
  '/quality/reviews/1',
  '/quality/reviews/5',
  '/quality/results',
  '/quality/checks',
  '/quality/checks?check=closing',
  '/quality/samples',
  '/quality/samples/1',
  '/quality/samples/new',
  '/quality/cards',
  '/quality/appeals',
  '/quality/coaching',
  '/quality/library',
  '/quality/calibrations',
  '/quality/agreement',
  '/quality/reviewers',
  '/quality/conflicts',
] as const;

/** A page that keeps what went wrong in it: console errors, page errors, requests to other hosts, failed requests. */
export interface Visit {
  page: Page;
  problems: string[];
  close: () => Promise<void>;
}

/** Opens a browser that is signed in with a session, as the Cookie header has it; with none where it is empty. */
export async function visit(
  browser: Browser,
  baseUrl: string,
  cookie: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: baseUrl,
    locale: 'zh-CN',
    viewport: { width: 1440, height: 900 },
    ...options,
  });
  const cookies = cookie === '' ? [] : cookie.split('; ').map((one) => one.split('='));
  await context.addCookies(cookies.map(([name = '', ...value]) => ({ name, value: value.join('='), url: baseUrl })));
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(`${page.url()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(baseUrl) && !request.url().startsWith('data:') && !request.url().startsWith('blob:'))
      problems.push(`${page.url()}: asked another host for ${request.url()}`);
  });
  return { page, problems, close: () => context.close() };
}

/** An expression for a page: scrolling places whose cover (--ground), which hides the shade of an edge, has not the colour behind it. */
export const uncovered = `[...document.querySelectorAll('.scroll, nav.segments')].flatMap((place) => {
  const cover = document.createElement('i');
  cover.style.background = 'var(--ground, var(--surface))';
  place.append(cover);
  const colour = getComputedStyle(cover).backgroundColor;
  cover.remove();
  const painted = (element) => {
    const own = getComputedStyle(element).backgroundColor;
    return own === 'rgba(0, 0, 0, 0)' && element.parentElement ? painted(element.parentElement) : own;
  };
  return painted(place) === colour ? [] : [place.parentElement.outerHTML.slice(0, 200)];
})`;
