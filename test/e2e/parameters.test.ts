import fc from 'fast-check';
import { describe, expect, inject, test } from 'vitest';
import { keyDimensions } from '#lib/metrics/dimensions.ts';

const baseUrl = inject('baseUrl');
const headers = { cookie: inject('cookie') };

const paths = [
  '/',
  '/metrics',
  '/metrics/first_response',
  '/metrics/refund_time',
  '/explore',
  '/explore/slice',
  '/cases',
  '/cases/export.csv',
  '/cases/export.xlsx',
  '/refunds',
  '/runs',
];
const names = [
  'from',
  'until',
  'compare',
  'clock',
  'metric',
  'kind',
  'grain',
  'by',
  'and',
  'q',
  'sort',
  'dir',
  'after',
  'before',
  'page',
  'list',
  'snapshot',
  'bfrom',
  'buntil',
  'reason',
  'source',
  'flagged',
  'lang',
  'theme',
  ...keyDimensions,
];
const likely = [
  '',
  '0',
  '-1',
  '1e999',
  '2026-10-01',
  '2026-02-30',
  '9999-12-31',
  '0001-01-01',
  'previous',
  'year',
  'none',
  'business',
  'first_response',
  'failing',
  'pending',
  'day',
  'month',
  'vendor',
  'suda',
  'northpeak',
  "'; drop table x; --",
  '"',
  '%',
  '[]',
  '{}',
  'null',
  'undefined',
  'NaN',
  '\u0000',
  '\ud800',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  'x'.repeat(3000),
  '尺码',
  '99999999999999999999',
  'eyJ9',
  'AAAA',
];
const parameter = fc.tuple(
  fc.constantFrom(...names),
  fc.oneof(fc.constantFrom(...likely), fc.string({ maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 8 })),
);

describe('parameters of every page and endpoint', () => {
  test('give a page or 4xx with a message, never 500', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.array(parameter, { minLength: 1, maxLength: 4 }),
        async (path, given) => {
          const query = given.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&');
          const response = await fetch(`${baseUrl}${path}?${query}`, { headers, redirect: 'manual' });
          const body = await response.text();
          expect(response.status, `${path}?${query}`).toBeLessThan(500);
          expect(body, `${path}?${query}`).not.toMatch(/at .*\.(ts|js):\d+/);
        },
      ),
      { numRuns: 400 },
    );
  });

  test.each(['%', '%00', '%ff%fe', '+', '?%', '?from=%', '?a=1&a=2&=&&', '?from=2026-10-01&from=2026-10-02'])(
    'the malformed %s gives a page or 4xx',
    async (tail) => {
      for (const path of ['/', '/cases/helpdesk/', '/metrics/']) {
        const response = await fetch(`${baseUrl}${path}${tail}`, { headers, redirect: 'manual' });
        expect(response.status, path + tail).toBeLessThan(500);
        await response.text();
      }
    },
  );

  test('no address leads to another host', async () => {
    for (const path of [
      '//other.example/?lang=en',
      '//other.example/cases?theme=dark',
      '/sign-in?to=//other.example',
      '/sign-in?to=/%5Cother.example',
    ]) {
      const response = await fetch(`${baseUrl}${path}`, { headers, redirect: 'manual' });
      await response.body?.cancel();
      const to = new URL(response.headers.get('location') ?? '/', baseUrl);
      expect(to.origin, path).toBe(new URL(baseUrl).origin);
    }
  });

  test('a wrong one is told in the language of the page, to a program in English', async () => {
    const address = `${baseUrl}/metrics/csat?grain=year`;
    const page = await fetch(address, { headers: { cookie: `${headers.cookie}; lang=zh-CN`, accept: 'text/html' } });
    expect(page.status).toBe(400);
    const html = await page.text();
    expect(html).toMatch(/<code>grain=year<\/code> 不可用。/);
    expect(html).toContain('可用的值：day, week, month');
    const told = await fetch(`${baseUrl}/cases/export.csv?metric=x`, {
      headers: { ...headers, accept: 'application/json' },
    });
    expect(await told.text()).toMatch(/metric=x cannot be used\. Allowed: first_response, /);
  });

  test('an unknown case, KPI and page are 404', async () => {
    for (const path of ['/cases/helpdesk/none', '/cases/x', '/metrics/nope', '/nope']) {
      const response = await fetch(`${baseUrl}${path}`, { headers });
      expect(response.status, path).toBe(404);
      await response.text();
    }
  });
});
