import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openBrowser } from './chromium.ts';
import { makeAccount, postForm, signIn } from './session.ts';
import { visit } from './visit.ts';

const chromium = inject('chromium');
const baseUrl = inject('baseUrl');
const configPath = inject('configPath');
const cookie = inject('cookie');

const phone = /1[3-9]\d[\d\s.-]{8,}/;
/** A masked phone in a page, and the message that the next form after it reveals. */
const maskedPhone = /［手机号］<\/span>(?:(?!<time)[^])*?name="message" value="([^"]+)"/;

async function pageOf(path: string, session: string): Promise<string> {
  return (await fetch(`${baseUrl}${path}`, { headers: { cookie: session, accept: 'text/html' } })).text();
}

/** The path of a case with a masked phone, of a vendor, and the id of the message with it. */
async function findMasked(vendor: string): Promise<{ path: string; message: string }> {
  const list = await pageOf(`/cases?vendor=${vendor}&q=${encodeURIComponent('手机号')}`, cookie);
  for (const [path] of list.matchAll(/\/cases\/helpdesk\/[^"?]+/g)) {
    const [, message] = maskedPhone.exec(await pageOf(path, cookie)) ?? [];
    if (message !== undefined) return { path, message };
  }
  throw new Error(`no masked phone among the cases of ${vendor}`);
}

describe('the original of a masked message', () => {
  let masked: { path: string; message: string };
  let browser: Browser | null = null;
  const reason = '核对退货联系电话';
  beforeAll(async () => {
    masked = await findMasked('suda');
    if (chromium !== null) browser = await openBrowser(chromium);
  });
  afterAll(() => browser?.close());

  test.skipIf(chromium === null)('is shown once, for a reason, and the audit log says so', async () => {
    if (!browser) throw new Error('no browser');
    const { page, problems, close } = await visit(browser, baseUrl, cookie);
    await page.goto(`${masked.path}?vendor=suda`);
    const asked = page.locator('details', { has: page.locator(`input[value="${masked.message}"]`) });
    await asked.locator('summary').click();
    await asked.getByLabel('查看理由').fill(reason);
    await asked.getByRole('button', { name: '查看' }).click();
    expect(await page.locator('.original').innerText()).toMatch(phone);
    expect(new URL(page.url()).searchParams.get('vendor')).toBe('suda');
    await page.goto('/audit?action=reveal');
    expect(await page.locator('main').innerText()).toContain(reason);
    await page.goto(masked.path);
    expect(await page.locator('.original').count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });

  test('is refused without a reason, without the right and outside the scope; then nothing leaves the server', async () => {
    makeAccount(configPath, 'reveal-reviewer@test.example', 'reviewer', '--vendor', 'suda');
    makeAccount(configPath, 'reveal-lead@test.example', 'qa_lead', '--vendor', 'anhe');
    const ask = async (session: string, fields: { message: string; reason: string }) => {
      const response = await postForm(`${baseUrl}${masked.path}?/reveal`, fields, { cookie: session });
      expect(await response.text()).not.toContain('class="original');
      return response.status;
    };
    const { message } = masked;
    expect(await ask(cookie, { message, reason: ' 1 ' })).toBe(400);
    expect(await ask(cookie, { message: 'no such message', reason })).toBe(404);
    const reviewer = await signIn(baseUrl, 'reveal-reviewer@test.example');
    expect(await pageOf(masked.path, reviewer)).not.toContain('?/reveal');
    expect(await ask(reviewer, { message, reason })).toBe(403);
    const lead = await signIn(baseUrl, 'reveal-lead@test.example');
    expect(await ask(lead, { message, reason })).toBe(404);
  });
});
