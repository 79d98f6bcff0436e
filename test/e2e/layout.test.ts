import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openBrowser } from './chromium.ts';
import { uncovered, visit } from './visit.ts';

const chromium = inject('chromium');
const baseUrl = inject('baseUrl');
const cookie = inject('cookie');
const phone = { viewport: { width: 390, height: 844 } };

/** Pairs of labels along the life of a case that lie over each other. */
const overlapping = `(() => {
  const labels = [...document.querySelectorAll('.life .text')].map((label) => [label.textContent, label.getBoundingClientRect()]);
  return labels.flatMap(([text, a], index) =>
    labels.slice(index + 1).flatMap(([other, b]) =>
      a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top ? [] : [text + ' / ' + other]));
})()`;

describe.skipIf(chromium === null)('the layout', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '');
  });
  afterAll(async () => {
    await browser?.close();
  });

  test.each(['zh-CN', 'en-GB'])(
    'of a breakdown on a phone keeps value, n and interval in sight, and its rows add up to the whole (%s)',
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
      const counts = await page.locator('section .body > .scroll tbody td:nth-child(4)').allInnerTexts();
      const sum = counts.reduce((whole, count) => whole + Number(count.replace(',', '')), 0);
      expect(counts.length).toBe(41);
      expect(await page.locator('.links').innerText()).toMatch(new RegExp(`\\b${sum}\\b`));
      await close();
    },
  );

  test('of tables that stand by themselves covers their shades in the colour of their ground', async () => {
    const { page, close } = await visit(browser, baseUrl, cookie);
    for (const path of ['/audit', '/runs/quarantine']) {
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

  test.each([1440, 390])('of a case on two clocks keeps labels apart, at %i px', async (width) => {
    const { page, close } = await visit(browser, baseUrl, cookie, { viewport: { width, height: 900 } });
    await page.goto('/cases?metric=seller_liable_rate&kind=failing&from=2025-11-01&until=2026-10-31');
    const hrefs = await page
      .locator('main a[href^="/cases/helpdesk/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(hrefs.length).toBeGreaterThan(3);
    for (const href of hrefs.slice(0, 4)) {
      await page.goto(href);
      expect(await page.locator('.life .text').count(), href).toBeGreaterThan(3);
      expect(await page.evaluate(overlapping), href).toEqual([]);
    }
    await close();
  });
});
