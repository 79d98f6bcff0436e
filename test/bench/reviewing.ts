import type { Page } from 'playwright-core';
import { z } from 'zod';
import { ensureChromium, openBrowser } from '../e2e/chromium.ts';
import { addAccount, signIn } from '../e2e/session.ts';
import { visit } from '../e2e/visit.ts';
import { percentile, type Row } from './rows.ts';

const cases = 200;
/** More than any card has criteria: P on the last one changes nothing. */
const presses = 14;

/** Milliseconds from the answer to a submitted review to the frame that shows the next one, over 200 cases scored by keyboard. */
export async function measureReviewing(baseUrl: string, configPath: string): Promise<Row[]> {
  const chromium = ensureChromium();
  if (chromium === null) return [];
  const browser = await openBrowser(chromium);
  try {
    const [lead, reviewer] = ['bench-lead@test.example', 'bench-reviewer@test.example'];
    await addAccount(configPath, lead, 'qa_lead');
    await addAccount(configPath, reviewer, 'reviewer');
    const drawing = await visit(browser, baseUrl, await signIn(baseUrl, lead));
    await draw(drawing.page, reviewer);
    await drawing.close();
    const scoring = await visit(browser, baseUrl, await signIn(baseUrl, reviewer));
    const times = await score(scoring.page);
    await scoring.close();
    return [
      {
        what: 'Next case after a review is saved, p95',
        measured: percentile(times, 0.95),
        unit: 'ms',
        budget: '≤ 100',
        note: `median ${percentile(times, 0.5).toFixed(0)} ms, ${times.length} of ${cases} cases scored by keyboard`,
      },
    ];
  } finally {
    await browser.close();
  }
}

async function draw(page: Page, reviewer: string): Promise<void> {
  await page.goto('/quality/cards');
  await page.locator('form[action="?/begin"] button').click();
  await page.waitForURL(/\/quality\/cards\/[a-z]/);
  await page.goto('/quality/cards');
  await page.locator('button[formaction="?/publish"]').click();
  await page.locator('button[formaction="?/archive"]').waitFor();
  await page.goto('/quality/samples/new');
  await page.locator('input[name="name"]').fill('bench');
  await page.locator('input[name="cases"]').fill(String(cases));
  await page.locator('input[name="doublePercent"]').fill('0');
  for (const box of await page.locator('input[name="reviewers"]').all()) await box.uncheck();
  await page.getByRole('checkbox', { name: reviewer }).check();
  await page.locator('form:has(input[name="seed"]) button.primary').click();
  await page.waitForURL(/\/quality\/samples\/\d+/);
}

async function score(page: Page): Promise<number[]> {
  await page.goto('/quality/queue');
  await page.locator('header a.button.primary').click();
  await page.waitForURL(/\/quality\/reviews\/\d+/);
  await page.locator('section[aria-current="true"]').waitFor();
  // The task after a frame's callbacks runs once that frame is painted.
  await page.evaluate(`
    window.opened = [];
    let savedAt = null;
    let shown = document.querySelector('h1').textContent;
    const plain = window.fetch;
    window.fetch = async (...args) => {
      const response = await plain(...args);
      if (String(args[0]).endsWith('/submit')) savedAt = performance.now();
      return response;
    };
    new MutationObserver(() => {
      const now = document.querySelector('h1')?.textContent;
      if (now === undefined || now === shown) return;
      shown = now;
      const from = savedAt;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => from !== null && opened.push(performance.now() - from);
        port2.postMessage(null);
      });
    }).observe(document.body, { subtree: true, childList: true, characterData: true });`);
  for (let index = 0; index < cases; index++) {
    for (let press = 0; press < presses; press++) await page.keyboard.press('p');
    const before = page.url();
    await page.keyboard.press('Control+Enter');
    await page.waitForURL((url) => url.href !== before);
    if (page.url().endsWith('/quality/queue')) break;
    await page.locator('section[aria-current="true"]').waitFor();
  }
  return z.array(z.number()).parse(await page.evaluate('opened'));
}
