import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openBrowser } from './chromium.ts';
import { visit } from './visit.ts';

const chromium = inject('chromium');
const baseUrl = inject('baseUrl');
const cookie = inject('cookie');
const phone = { viewport: { width: 390, height: 844 } };

describe.skipIf(chromium === null)('the layout', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '');
  });
  afterAll(async () => {
    await browser?.close();
  });

  test.each(['zh-CN', 'en-GB'])(
    'of a breakdown on a phone keeps value, n and interval in sight (%s)',
    async (locale) => {
      const { page, close } = await visit(browser, baseUrl, cookie, { ...phone, locale });
      await page.goto('/metrics/first_response?by=sku');
      const choices = page.locator('nav.segments').nth(1);
      expect((await choices.boundingBox())?.height).toBeLessThan(50);
      const current = await choices.locator('[aria-current]').boundingBox();
      expect((current?.x ?? 0) + (current?.width ?? 0)).toBeLessThanOrEqual(phone.viewport.width);
      const head = page.locator('section .body > .scroll thead th');
      const n = await head.getByText('n', { exact: true }).boundingBox();
      expect((n?.x ?? 0) + (n?.width ?? 0)).toBeLessThanOrEqual(phone.viewport.width);
      expect((await head.allInnerTexts()).indexOf('n')).toBe(3);
      await close();
    },
  );
});
