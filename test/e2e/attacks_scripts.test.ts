import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { casePath } from '#lib/links.ts';
import { openRunLog } from '#lib/server/runs.ts';
import { runCommand, serveBuilt } from './built_app.ts';
import { openBrowser } from './chromium.ts';
import { hostile, hostileId, writeHostile } from './hostile.ts';
import { addAccount, makeAccount, operator, postForm, signIn } from './session.ts';
import { visit } from './visit.ts';

const chromium = inject('chromium');
const months = 'from=2026-10-01&until=2026-10-31';
const written = encodeURIComponent(hostile);
/** The part of it that a page shows as text wherever it shows it. */
const shown = '<img src=x onerror=';

let folder: string;
let server: Awaited<ReturnType<typeof serveBuilt>>;
let cookie: string;
let run: string;
let account: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aftersight-hostile-'));
  const config = await writeHostile(folder);
  runCommand(['run', '--config', config, '--as-of', '2026-10-28T00:00:00Z']);
  makeAccount(config, operator, 'operator');
  server = await serveBuilt(config);
  cookie = await signIn(server.baseUrl);
  await addAccount(config, 'agent@attacks.example', 'vendor_agent', {
    name: hostile,
    vendors: ['suda'],
    agents: [hostile],
  });
  await postForm(`${server.baseUrl}/sign-in?/password`, { email: hostile, password: 'x' });
  const headers = { cookie };
  await (await fetch(`${server.baseUrl}/cases/export.csv?${months}&agent=${written}`, { headers })).text();
  run = (await openRunLog(join(folder, 'data')).list())[0]?.runId ?? '';
  const accounts = await (await fetch(`${server.baseUrl}/accounts`, { headers })).text();
  account =
    accounts
      .split('<tr')
      .flatMap((row) =>
        row.includes('agent@attacks') ? (/href="(\/accounts\/[^"]+)"/.exec(row)?.[1] ?? []) : [],
      )[0] ?? '';
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('every page and every error allows scripts of this site alone, by a nonce of its own, and no frame, form or base elsewhere', async () => {
  const nonces = new Set<string>();
  for (const [path, as] of [
    ['/', cookie],
    ['/sign-in', ''],
    ['/cases', cookie],
    ['/nope', cookie],
    ['/cases/x', cookie],
    ['/?from=x', cookie],
    [`/invitation/${'x'.repeat(43)}`, ''],
  ] as const) {
    const response = await fetch(server.baseUrl + path, { headers: { cookie: as, accept: 'text/html' } });
    const html = await response.text();
    const policy = Object.fromEntries(
      (response.headers.get('content-security-policy') ?? '')
        .split('; ')
        .map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]),
    );
    expect(policy, path).toMatchObject({
      'default-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
    });
    expect(policy['script-src'], path).toMatch(/^'self' 'nonce-[\w+/=]{16,}'$/);
    const nonce = /nonce-([^']+)/.exec(policy['script-src'] ?? '')?.[1] ?? '';
    for (const [, given] of html.matchAll(/<script(?: nonce="([^"]*)")?/g)) expect(given, path).toBe(nonce);
    nonces.add(nonce);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('x-frame-options')).toBe('DENY');
  }
  expect(nonces.size).toBe(7);
});

test('an export is a file to be kept, of its own type, whatever is in it', async () => {
  for (const extension of ['csv', 'xlsx']) {
    const response = await fetch(`${server.baseUrl}/cases/export.${extension}?${months}`, { headers: { cookie } });
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/);
    expect(response.headers.get('content-type')).not.toContain('html');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    await response.body?.cancel();
  }
});

describe.skipIf(chromium === null)('what somebody wrote is shown and never run', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '');
  });
  afterAll(() => browser?.close());

  const pages: [what: string, path: () => string, isShown: boolean][] = [
    ['names in tiles and charts', () => `/?${months}`, true],
    ['agents in a breakdown', () => `/metrics/first_response?${months}&by=agent`, true],
    ['products in a breakdown', () => `/metrics/first_response?${months}&by=sku&and=vendor`, true],
    ['reasons in a breakdown', () => `/metrics/dispute_rate?${months}&by=reason_agent`, true],
    ['a filter', () => `/metrics/first_response?${months}&agent=${written}&sku=${written}`, true],
    ['names in Explore', () => `/explore?${months}`, true],
    ['a list of cases', () => `/cases?${months}`, true],
    ['a search', () => `/cases?${months}&q=${encodeURIComponent('<img')}`, true],
    ['a search for nothing', () => `/cases?${months}&q=${encodeURIComponent(`${shown}"nothing">`)}`, true],
    ['a list behind a KPI', () => `/cases?${months}&metric=refund_time&kind=counted&sku=${written}`, true],
    ['a conversation, its product and refunds', () => `${casePath(`desk/${hostileId}`)}?records=1`, true],
    ['another conversation', () => `${casePath('desk/t5')}?records=1`, true],
    ['refunds', () => `/refunds?${months}`, true],
    ['lists of refunds', () => `/refunds?${months}&list=stalled`, true],
    ['refunds by brand', () => `/refunds?${months}&by=brand`, true],
    ['files of a run', () => `/runs/${run}`, true],
    ['sources', () => '/runs', false],
    ['what was not loaded', () => '/runs/quarantine', true],
    ['what was not loaded, for a reason', () => `/runs/quarantine?reason=${written}`, false],
    ['accounts', () => '/accounts', true],
    ['one account', () => account, true],
    ['the audit log', () => '/audit', true],
    ['a page that is not there', () => `/${written}`, false],
    ['a case that is not there', () => `/cases/${written}`, false],
    ['a run that is not there', () => `/runs/${written}`, false],
    ['a wrong parameter', () => `/cases?sort=${written}`, true],
    [
      'the way back after signing in',
      () => `/sign-in?to=${encodeURIComponent(`/cases?${months}&agent=${written}`)}`,
      true,
    ],
    ['a script as the way back', () => `/sign-in?to=${encodeURIComponent('javascript:window.hacked=1')}`, false],
  ];

  test.concurrent.each(pages)('%s', async (_, path, isShown) => {
    const { page, problems, close } = await visit(browser, server.baseUrl, cookie);
    page.on('dialog', (dialog) => {
      problems.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(path(), { waitUntil: 'networkidle' });
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('[onerror], [onload], img[src="x"], main script, a[href^="javascript:"]').count()).toBe(
      0,
    );
    // A page of an answer other than 200 is a line in the console by itself.
    expect(problems.filter((problem) => !/status of 4\d\d/.test(problem))).toEqual([]);
    if (isShown) expect(await page.locator('body').innerText()).toContain(shown);
    await close();
  });

  test('as an agent named so', async () => {
    const own = await signIn(server.baseUrl, 'agent@attacks.example');
    const { page, problems, close } = await visit(browser, server.baseUrl, own);
    for (const path of [`/cases?${months}`, '/account']) {
      await page.goto(path, { waitUntil: 'networkidle' });
      expect(await page.evaluate('window.hacked')).toBeUndefined();
      expect(await page.locator('body').innerText()).toContain(shown);
    }
    expect(problems).toEqual([]);
    await close();
  });
});
