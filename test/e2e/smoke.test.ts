import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openBrowser } from './chromium.ts';

const chromium = inject('chromium');
const baseUrl = inject('baseUrl');

describe.skipIf(chromium === null)('the built app', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '');
  });

  afterAll(async () => {
    await browser?.close();
  });

  test('the start page is Chinese, names the product and logs no error', async () => {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    const response = await page.goto(baseUrl, { waitUntil: 'networkidle' });

    expect(response?.status()).toBe(200);
    expect(await page.title()).toContain('Aftersight');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('每个数字');
    expect(problems).toEqual([]);
  });

  test('the start page needs no JavaScript', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(baseUrl);
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
  });
});
