import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { keyDimensions } from '#lib/metrics/dimensions.ts';
import { foreignTo } from './matrix.ts';
import { addAccount, operator, password, postForm, signIn } from './session.ts';

const baseUrl = inject('baseUrl');
const configPath = inject('configPath');
const cookie = inject('cookie');
const always = 'from=2024-06-01&until=2026-12-31';
const months = 'from=2026-08-01&until=2026-10-31';

/** What an answer to an attack must never hold: where code is, what files hold, what signs and opens. */
const secrets =
  /node_modules|file:\/\/|\.[jt]s:\d+:\d+|\n\s+at |root:x:|"name": "aftersight"|PRIVATE KEY|pglite|duckdb|kysely/i;

function expectNoSecrets(answer: string, of = ''): void {
  expect(secrets.exec(answer)?.[0] ?? null, of).toBeNull();
}

interface Answer {
  status: number;
  body: string;
  location: string | null;
}

/** Sends a request as it is, with no client that tidies its path or headers up; `isOpen` never says that it was all. */
async function raw(
  path: string,
  given: { method?: string; headers?: Record<string, string>; body?: string; isOpen?: boolean } = {},
): Promise<Answer> {
  const { method = 'GET', headers = {}, body = '', isOpen = false } = given;
  const { hostname, port } = new URL(baseUrl);
  const asked = request({ hostname, port, path, method, headers, agent: false });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    asked
      .once('response', resolve)
      .once('close', () => reject(new Error(`${path.slice(0, 80)}: closed without an answer`)));
  });
  // The server may close before it has read all, which is its right.
  asked.on('error', () => undefined);
  asked.write(body);
  if (!isOpen) asked.end();
  const response = await answer;
  const said = await text(response).catch(() => '');
  asked.destroy();
  return { status: response.statusCode ?? 0, body: said, location: response.headers.location ?? null };
}

describe('an answer tells nobody whether what they may not see is there', () => {
  let vendor: string;
  let own: string;
  let foreign: string;
  beforeAll(async () => {
    const scope = { brands: null, vendors: ['suda'], agents: null };
    await addAccount(configPath, 'enumerating@attacks.example', 'vendor_manager', scope);
    vendor = await signIn(baseUrl, 'enumerating@attacks.example');
    const found = await foreignTo(configPath, scope);
    [own = '', foreign = ''] = [found.own[0], found.others.find((id) => id.startsWith('helpdesk/'))];
  });

  /** An answer without what differs in every one: the id asked for, numbers made for this request. */
  async function told(path: string, id: string, init: RequestInit = {}): Promise<string> {
    const headers = { cookie: vendor, accept: 'text/html', origin: baseUrl, ...init.headers };
    const response = await fetch(`${baseUrl}${path}`, { redirect: 'manual', ...init, headers });
    const body = (await response.text())
      .replaceAll(encodeURIComponent(id), 'ID')
      .replaceAll(id, 'ID')
      .replace(/nonce="[^"]*"|requestId["\]\\:,]+[\da-f]{8}|__sveltekit_\w+/g, '')
      .replace(/[\da-f]{8}(?="?[,}\]])/g, '');
    return `${response.status} ${response.headers.get('location')} ${body}`;
  }

  test.each([
    ['a case', (id: string) => `/cases/${id}`],
    ['the data of a case', (id: string) => `/cases/${id}/__data.json`],
    ['the records of a case', (id: string) => `/cases/${id}?records=1`],
    ['a search for an id', (id: string) => `/cases?${always}&q=${encodeURIComponent(id)}`],
    ['an export of a search', (id: string) => `/cases/export.csv?${always}&q=${encodeURIComponent(id)}`],
  ])('%s', async (_, path) => {
    const missing = foreign.replace(/\d(?=\d{3}$)/, 'x');
    expect(await told(path(own), own)).not.toBe(await told(path(missing), missing));
    expect(await told(path(foreign), foreign)).toBe(await told(path(missing), missing));
  });

  test('the original of a message', async () => {
    const body = new URLSearchParams({ message: 'm1', reason: 'curious' });
    const missing = foreign.replace(/\d(?=\d{3}$)/, 'x');
    const ask = (id: string) => told(`/cases/${id}?/reveal`, id, { method: 'POST', body });
    expect(await ask(foreign)).toBe(await ask(missing));
  });

  test('an account, a run, a page for others', async () => {
    const accounts = await (await fetch(`${baseUrl}/accounts`, { headers: { cookie } })).text();
    const there = /href="\/accounts\/([^"]+)"/.exec(accounts)?.[1] ?? '';
    expect(there).not.toBe('');
    for (const accept of ['text/html', '*/*'])
      expect(await told(`/accounts/${there}`, there, { headers: { accept } })).toBe(
        await told('/accounts/none', 'none', { headers: { accept } }),
      );
  });

  test('an address at the sign-in', async () => {
    const ask = async (email: string) => {
      const response = await postForm(`${baseUrl}/sign-in?/password`, { email, password: 'not this one' });
      const body = (await response.text()).replaceAll(email, 'ID').replace(/nonce="[^"]*"|__sveltekit_\w+/g, '');
      return `${response.status} ${body}`;
    };
    expect(await ask('enumerating@attacks.example')).toBe(await ask('nobody-at-all@attacks.example'));
  });

  test('a link: made up, of the other kind, or used; and none is like another', async () => {
    const invite = async (email: string) => {
      const fields = { name: 'X', email, role: 'operator' };
      const html = await (await postForm(`${baseUrl}/accounts?/invite`, fields, { cookie })).text();
      return /\/invitation\/([\w-]+)/.exec(html)?.[1] ?? '';
    };
    const tokens = await Promise.all(Array.from({ length: 6 }, (_, index) => invite(`link-${index}@attacks.example`)));
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    for (const length of [8, 32]) expect(new Set(tokens.map((token) => token.slice(0, length))).size).toBe(6);
    const [used = '', wrongKind = ''] = tokens;
    await postForm(`${baseUrl}/invitation/${used}`, { password, repeat: password });
    const answers = await Promise.all([
      told(`/invitation/${used}`, used),
      told(`/invitation/${'x'.repeat(43)}`, 'x'.repeat(43)),
      told('/invitation/x', 'x'),
    ]);
    for (const answer of answers) expect(answer.slice(0, 3)).toBe('404');
    expect(answers[0]).toBe(answers[1]);
    expect((await told(`/reset/${wrongKind}`, wrongKind)).slice(0, 3)).toBe('404');
  });
});

const injections = [
  "' or '1'='1",
  "' or 1=1 --",
  "'; drop table users; --",
  "'); delete from audit_log; --",
  "' union select password, null from credentials --",
  "'||(select pg_sleep(5))||'",
  "x'; copy (select 1) to '/tmp/aftersight-injected'; --",
  '$1',
  '$scope_brands',
  "\"; attach '/tmp/x.db'; --",
  "\\'; select 1; --",
  "%' or brand_id like '%",
  '{"brand":["northpeak"]}',
  '[]) or true --',
];

describe('SQL where a text is expected is a text', () => {
  test.each(['q', ...keyDimensions])('in the parameter %s it finds nothing', async (name) => {
    for (const sql of injections) {
      const startedMs = performance.now();
      const query = `${months}&${name}=${encodeURIComponent(sql)}`;
      const response = await fetch(`${baseUrl}/cases/export.csv?${query}`, { headers: { cookie } });
      const lines = (await response.text()).trim().split('\r\n');
      if (response.status !== 400) expect([response.status, lines.length], sql).toEqual([200, 1]);
      expect(performance.now() - startedMs, sql).toBeLessThan(4000);
    }
  });

  test('in any parameter of any page it is no error', async () => {
    const parameters =
      'metric kind grain by and sort dir after page list snapshot source table column reason action who from until compare clock to with step add_agent add_sku records'.split(
        ' ',
      );
    const pages = [
      '/',
      '/metrics',
      '/metrics/first_response',
      '/explore',
      '/explore/slice',
      '/cases',
      '/refunds',
      '/runs',
      '/runs/quarantine',
      '/audit',
      '/account',
      '/sign-in',
      '/cases/helpdesk/x',
    ];
    for (const [index, path] of pages.entries())
      for (const [offset, name] of parameters.entries()) {
        const sql = injections[(index + offset) % injections.length] ?? '';
        const address = `${path}?${name}=${encodeURIComponent(sql)}`;
        const response = await fetch(baseUrl + address, { headers: { cookie }, redirect: 'manual' });
        expect(response.status, address).toBeLessThan(500);
        expectNoSecrets(await response.text(), address);
      }
  });

  test('in a path it is an id of nothing', async () => {
    for (const sql of injections)
      for (const path of ['/cases/', '/runs/', '/accounts/', '/invitation/', '/reset/', '/metrics/']) {
        const response = await fetch(`${baseUrl}${path}${encodeURIComponent(sql)}`, { headers: { cookie } });
        expect(response.status, path + sql).toBe(404);
        expectNoSecrets(await response.text(), path + sql);
      }
  });

  test('in a form it signs nobody in, and is kept as it was written', async () => {
    for (const sql of injections.slice(0, 8)) {
      const fields = { email: operator, password: sql };
      const tried = await postForm(`${baseUrl}/sign-in?/password`, { ...fields, email: `${sql}@attacks.example` });
      expect([400, 401], sql).toContain(tried.status);
      const name = `${sql} ${injections.indexOf(sql)}`;
      const email = `sql-${injections.indexOf(sql)}@attacks.example`;
      const made = await postForm(
        `${baseUrl}/accounts?/invite`,
        { name, email, role: 'vendor_agent', allBrands: 'on', vendors: 'suda', agents: sql },
        { cookie },
      );
      expect(made.status, sql).toBe(200);
      const token = /\/invitation\/([\w-]+)/.exec(await made.text())?.[1] ?? '';
      const page = await (await fetch(`${baseUrl}/invitation/${token}`)).text();
      expect(page).toContain(name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'));
      const changed = await postForm(
        `${baseUrl}/account?/password`,
        { current: sql, next: 'x'.repeat(12), repeat: 'x'.repeat(12) },
        { cookie: await signedInOnce() },
      );
      expect([400, 429], sql).toContain(changed.status);
    }
    expect(await (await fetch(`${baseUrl}/accounts`, { headers: { cookie } })).text()).toContain(operator);
    const log = await (await fetch(`${baseUrl}/audit?lang=en`, { headers: { cookie: `lang=en; ${cookie}` } })).text();
    expect(log).toMatch(/Chain verified, \d+ entries/);
  });

  let once: Promise<string> | null = null;
  function signedInOnce(): Promise<string> {
    once ??= addAccount(configPath, 'sql@attacks.example', 'operator').then(() =>
      signIn(baseUrl, 'sql@attacks.example'),
    );
    return once;
  }
});

describe('a path leads to pages and files of the app alone', () => {
  test.each([
    '/../../../../../../etc/passwd',
    '/_app/../../../../../etc/passwd',
    '/_app/immutable/../../../../package.json',
    '/_app/immutable/..%2f..%2f..%2f..%2fpackage.json',
    '/_app/%2e%2e/%2e%2e/%2e%2e/package.json',
    '/..%5c..%5c..%5cpackage.json',
    '/%2e%2e/%2e%2e/server/index.js',
    '/./server/manifest.js',
    '//etc/passwd',
    '/favicon.svg/../../server/index.js',
    '/favicon.svg%00.js',
    '/cases/..%2f..%2f..%2f..%2fetc%2fpasswd',
    '/cases/export.csv/..%2f..%2f..%2fetc%2fpasswd',
    '/runs/..%2F..%2F..%2Fetc%2Fpasswd',
    '/runs/..%2Fsnapshots%2Fcurrent',
    '/runs/%00',
    '/explore/slice?metric=first_response&snapshot=..%2F..%2Fetc%2Fpasswd',
    '/data/secret.key',
    '/data/store.lock',
    '/.env',
    '/aftersight.yaml',
    'http://evil.example/etc/passwd',
    '*',
  ])('%s', async (path) => {
    for (const as of [cookie, '']) {
      const { status, body, location } = await raw(path, { headers: { cookie: as, accept: '*/*' } });
      expect(status).toBeGreaterThanOrEqual(300);
      expect(status).toBeLessThan(500);
      expectNoSecrets(body);
      if (location !== null) expect(new URL(location, baseUrl).origin).toBe(baseUrl);
    }
  });
});

describe('a request that is too much is refused, and the next one is answered', () => {
  const form = { origin: baseUrl, 'content-type': 'application/x-www-form-urlencoded' };

  test.each([
    ['a body that says how long it is', { ...form, 'content-length': '20000000' }],
    ['a body that does not, and never ends', form],
  ])('%s', async (_, headers) => {
    const body = 'a'.repeat(2_000_000);
    expect((await raw('/sign-in?/password', { method: 'POST', headers, body, isOpen: true })).status).toBe(413);
  });

  test.each([
    ['a long address', `/cases?q=${'a'.repeat(100_000)}`, {}, 431],
    ['many parameters', `/cases?${'vendor=a&'.repeat(1500)}`, {}, 400],
    ['a long cookie', '/account', { cookie: `x=${'a'.repeat(100_000)}` }, 431],
    [
      'many headers',
      '/account',
      Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`x-${index}`, 'a'])),
      431,
    ],
  ])('%s', async (_, path, headers, status) => {
    expect((await raw(path, { headers: { cookie, ...headers } })).status).toBe(status);
  });

  test.each([
    ['a form of a quarter of a million fields', 'a&'.repeat(250_000), form['content-type']],
    [
      'a form of thousands of parts',
      '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'.repeat(8000) + '--x--',
      'multipart/form-data; boundary=x',
    ],
    [
      'a form that breaks off',
      '--x\r\nContent-Disposition: form-data; name="email"\r\n\r\nabc',
      'multipart/form-data; boundary=x',
    ],
    ['a form without a boundary', 'x', 'multipart/form-data'],
    ['plain text', 'email=x', 'text/plain'],
    ['a character that no database takes', 'email=a%00b%40attacks.example&password=x', form['content-type']],
    ['bytes that are no text', 'email=%ff%fe%c0&password=%80', form['content-type']],
    ['names of what every object has', '__proto__=x&constructor=x&toString=x', form['content-type']],
  ])('%s is no error of ours', async (_, body, type) => {
    const startedMs = performance.now();
    const { status, body: answer } = await raw('/sign-in?/password', {
      method: 'POST',
      headers: { origin: baseUrl, accept: 'text/html', 'content-type': type },
      body,
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expectNoSecrets(answer);
    expect(performance.now() - startedMs).toBeLessThan(5000);
  });

  test.each(['TRACE', 'CONNECT', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])(
    '%s changes and tells nothing',
    async (method) => {
      const answer = await raw('/accounts', { method, headers: { cookie, origin: baseUrl } }).catch(() => null);
      if (answer === null) return;
      expect(answer.status === 200 ? answer.body : '').toBe('');
      expect(answer.body).not.toContain(operator);
    },
  );
});

describe('nobody is led elsewhere', () => {
  test.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    'https://evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    '/@evil.example',
    '/%09/evil.example',
    '/%5cevil.example',
    '/你好',
  ])('after the sign-in: %j', async (to) => {
    for (const path of [`/sign-in?to=${encodeURIComponent(to)}`, `${to}?lang=en`]) {
      const response = await fetch(
        new URL(path, baseUrl).origin === baseUrl ? baseUrl + path : `${baseUrl}/sign-in?to=${encodeURIComponent(to)}`,
        {
          headers: { cookie, accept: 'text/html' },
          redirect: 'manual',
        },
      );
      await response.body?.cancel();
      expect(response.status).toBeLessThan(500);
      expect(new URL(response.headers.get('location') ?? '/', baseUrl).origin).toBe(baseUrl);
    }
  });

  test('by a link made for a request that names another host', async () => {
    const fields = new URLSearchParams({ name: 'X', email: 'host@attacks.example', role: 'operator' }).toString();
    const headers = {
      cookie,
      origin: baseUrl,
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
    };
    const { status, body } = await raw('/accounts?/invite', { method: 'POST', headers, body: fields });
    expect(status).toBe(200);
    expect(body).toContain(`${baseUrl}/invitation/`);
    expect(body).not.toContain('evil.example');
  });
});
