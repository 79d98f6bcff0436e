import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openBrowser } from './chromium.ts';
import { pages, visit } from './visit.ts';

const chromium = inject('chromium');
const baseUrl = inject('baseUrl');
const cookie = inject('cookie');
const phone = { viewport: { width: 390, height: 844 } };

/** The scrolling places whose cover (--ground) is not of the colour that is behind them. */
const uncovered = `[...document.querySelectorAll('.scroll, nav.segments')].flatMap((place) => {
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

  test('shades an edge of a table only where it goes on beyond: the cover has the colour of its ground', async () => {
    const { page, close } = await visit(browser, baseUrl, cookie);
    for (const path of [...pages, '/audit', '/accounts', '/runs/quarantine', '/refunds?list=stalled']) {
      await page.goto(path);
      expect(await page.evaluate(uncovered), path).toEqual([]);
    }
    await close();
  });

  test('of a row of filters has all labels and all fields at one height', async () => {
    const { page, close } = await visit(browser, baseUrl, cookie);
    await page.goto('/audit');
    for (const part of ['label', 'label > *']) {
      const boxes = await Promise.all((await page.locator(`main form ${part}`).all()).map((one) => one.boundingBox()));
      expect(new Set(boxes.map((box) => `${box?.y} ${box?.height}`)).size, part).toBe(1);
    }
    await close();
  });
});
