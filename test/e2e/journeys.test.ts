import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openBrowser } from './chromium.ts';
import { visit } from './visit.ts';

const chromium = inject('chromium');
const baseUrl = inject('baseUrl');
const cookie = inject('cookie');

describe.skipIf(chromium === null)('journeys', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '');
  });
  afterAll(async () => {
    await browser?.close();
  });

  test('a brand manager goes from a tile to the failing cases to one conversation', async () => {
    const { page, problems, close } = await visit(browser, baseUrl, cookie);
    await page.goto('/');
    const tile = page.locator('article', { hasText: '首次响应达标率' });
    const counted = /n=([\d,]+)/.exec(await tile.innerText())?.[1];
    expect(counted).toBeDefined();
    await tile.locator('.value a').click();
    await page.waitForURL(/\/cases\?.*metric=first_response/);
    await page.locator('main a[href^="/cases/helpdesk/"]').first().click();
    await page.waitForURL(/\/cases\/helpdesk\//);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.locator('main').innerText()).toMatch(/首次响应/);
    expect(problems).toEqual([]);
    await close();
  });

  test('language and theme are switched by links and stay', async () => {
    const { page, problems, close } = await visit(browser, baseUrl, cookie);
    await page.goto('/metrics/dispute_rate?vendor=suda');
    await page.locator('a[href*="lang=en"]').click();
    await page.waitForFunction("document.documentElement.lang === 'en'");
    expect(new URL(page.url()).search).toBe('?vendor=suda');
    await page.locator('a[href*="theme=dark"]').click();
    await page.waitForFunction("document.documentElement.dataset.theme === 'dark'");
    await page.goto('/');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(problems).toEqual([]);
    await close();
  });

  test('a filter picked in a menu is in the URL, narrows the numbers and can be removed', async () => {
    const { page, problems, close } = await visit(browser, baseUrl, cookie);
    await page.goto('/', { waitUntil: 'networkidle' });
    const before = await page.locator('article').first().innerText();
    await page.locator('summary', { hasText: '服务商' }).click();
    await page.getByRole('checkbox', { name: '速达客服' }).check();
    await page.waitForURL(/vendor=suda/);
    await page.locator('.chips .badge').waitFor();
    expect(await page.locator('article').first().innerText()).not.toBe(before);
    await page.locator('.chips .badge').click();
    await page.waitForURL((url) => !url.search.includes('vendor'));
    await page
      .waitForFunction(
        (text) => document.querySelector('article')?.textContent?.replace(/\s/g, '') === text.replace(/\s/g, ''),
        before,
      )
      .catch(() => undefined);
    expect(await page.locator('article').first().innerText()).toBe(before);
    expect(problems).toEqual([]);
    await close();
  });
});
