import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { openBrowser } from './chromium.ts';
import { serveScored } from './scored_reviews.ts';
import { addWork } from './quality_work.ts';
import { signIn } from './session.ts';
import { pages, qualityPages, uncovered, visit } from './visit.ts';

const chromium = inject('chromium');
const all = [...pages, ...qualityPages];

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
  let scored: Awaited<ReturnType<typeof serveScored>>;
  let lead: string;
  let reviewer: string;
  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '');
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    scored = await serveScored(inject('configPath'), { worst: 'yunting', cases: 60, open: 3 }, addWork);
    lead = await signIn(scored.baseUrl, scored.scored.lead);
    reviewer = await signIn(scored.baseUrl, scored.scored.reviewer);
  });
  afterAll(async () => {
    await browser?.close();
    await scored.stop();
  });

  /** Opens a browser as somebody who may see a page, where there is something on it. */
  function visitFor(path: string, options: BrowserContextOptions) {
    if (!path.startsWith('/quality')) return visit(browser, inject('baseUrl'), inject('cookie'), options);
    const isReviewers = /^\/quality\/(queue|reviews)/.test(path);
    return visit(browser, scored.baseUrl, isReviewers ? reviewer : lead, options);
  }

  describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
    test.each(all)('%s opens without an error, asks no other host and has no serious barrier', async (path) => {
      const { page, problems, close } = await visitFor(path, { colorScheme });
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

  test.each(all)('%s fits a phone and shows its figures without JavaScript', async (path) => {
    const { page, close } = await visitFor(path, {
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

  test.each(all)('%s has no message key and no Chinese in English', async (path) => {
    const { page, close } = await visitFor(path, { locale: 'en-GB' });
    await page.goto(path);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    const text = await page.locator('main').innerText();
    expect(text).not.toMatch(
      /\b(frame|overview|metricPage|casesPage|casePage|refundsPage|runsPage|explorePage|quality|qualityResults|qualityTeam|kpi|dimension)\.\w+/,
    );
    await close();
  });
});
