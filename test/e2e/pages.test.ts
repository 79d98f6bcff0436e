import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { openBrowser } from './chromium.ts';
import { pages, uncovered, visit } from './visit.ts';

const chromium = inject('chromium');
const baseUrl = inject('baseUrl');
const cookie = inject('cookie');

const violations = z.array(
  z.object({
    id: z.string(),
    impact: z.string().nullable(),
    nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
  }),
);

describe.skipIf(chromium === null)('every page', () => {
  let browser: Browser;
  let axe: string;
  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '');
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  });
  afterAll(async () => {
    await browser?.close();
  });

  describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
    test.each(pages)('%s opens without an error, asks no other host and has no serious barrier', async (path) => {
      const { page, problems, close } = await visit(browser, baseUrl, cookie, { colorScheme });
      const response = await page.goto(path, { waitUntil: 'networkidle' });
      expect(response?.status()).toBe(200);
      expect(problems).toEqual([]);
      expect(await page.evaluate(uncovered)).toEqual([]);
      await page.evaluate(axe);
      const found: unknown = await page.evaluate(
        "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((result) => result.violations)",
      );
      const serious = violations.parse(found).filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(
        serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''} ${nodes[0]?.failureSummary ?? ''}`),
      ).toEqual([]);
      await close();
    });
  });

  test.each(pages)('%s fits a phone and shows its figures without JavaScript', async (path) => {
    const { page, close } = await visit(browser, baseUrl, cookie, {
      javaScriptEnabled: false,
      viewport: { width: 390, height: 844 },
    });
    const response = await page.goto(path);
    expect(response?.status()).toBe(200);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await page.locator('main').innerText()).toMatch(/\d/);
    if (/^\/($|\?|metrics\/|refunds|explore)/.test(path))
      expect(await page.locator('main figure svg, main svg').count()).toBeGreaterThan(0);
    const { width } = (await page.locator('main').boundingBox()) ?? { width: Number.NaN };
    expect(width).toBeLessThanOrEqual(390);
    await close();
  });

  test.each(pages)('%s has no message key and no Chinese in English', async (path) => {
    const { page, close } = await visit(browser, baseUrl, cookie, { locale: 'en-GB' });
    await page.goto(path);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    const text = await page.locator('main').innerText();
    expect(text).not.toMatch(
      /\b(frame|overview|metricPage|casesPage|casePage|refundsPage|runsPage|explorePage|kpi|dimension)\.\w+/,
    );
    await close();
  });
});
