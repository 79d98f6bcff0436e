import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Role } from '#lib/access/roles.ts';
import type { Scope } from '#lib/access/principal.ts';
import { openBrowser } from './chromium.ts';
import { addAccount, signIn } from './session.ts';
import { type Visit, visit } from './visit.ts';

const chromium = inject('chromium');
const baseUrl = inject('baseUrl');
const configPath = inject('configPath');

/** More than any card of the journey has: P on the last criterion changes nothing. */
const presses = 14;
const cardName = '旅程评分表';
const sampleName = '旅程样本';

describe.skipIf(chromium === null)('quality review, from a card to an estimate', () => {
  let browser: Browser;
  const open: Visit[] = [];
  const people = new Map<string, Page>();

  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '');
    await join('lead', 'qa_lead');
    await join('first', 'reviewer');
    await join('second', 'reviewer');
  });
  afterAll(async () => {
    for (const one of open) await one.close();
    await browser.close();
  });

  async function join(name: string, role: Role, scope: Partial<Scope> = {}): Promise<Page> {
    const email = `journey-${name}@test.example`;
    await addAccount(configPath, email, role, { ...scope, name: `旅程-${name}` });
    const one = await visit(browser, baseUrl, await signIn(baseUrl, email));
    open.push(one);
    people.set(name, one.page);
    return one.page;
  }

  function as(name: string): Page {
    const page = people.get(name);
    if (!page) throw new Error(`nobody is called ${name}`);
    return page;
  }

  /** Rates every criterion with full marks, from the keyboard. */
  async function rateAll(page: Page): Promise<void> {
    for (let press = 0; press < presses; press++) await page.keyboard.press('p');
  }

  const saved = (page: Page) => page.getByText(/已保存 \d/).waitFor();

  /** Opens the next review of a queue and waits until keys are heard. */
  async function openNext(page: Page): Promise<void> {
    await page.goto('/quality/queue');
    await page.locator('header a.button.primary').click();
    await page.waitForURL(/\/quality\/reviews\/\d+/);
    await page.locator('section[aria-current="true"]').waitFor();
  }

  test('a lead writes a card, publishes it and draws a sample', async () => {
    const page = as('lead');
    await page.goto('/quality/cards');
    await page.getByRole('button', { name: /用默认评分表建草稿|新建评分表/ }).click();
    await page.waitForURL(/\/quality\/cards\/[a-z]/);
    await page.getByLabel('评分表名称').fill(cardName);
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.waitForURL(/\/quality\/cards#/);
    const panel = page.locator('section', { has: page.getByRole('heading', { name: cardName }) });
    await panel.getByRole('button', { name: '发布' }).click();
    await panel.getByText('已发布').waitFor();

    await page.goto('/quality/samples/new');
    await page.locator('input[name="name"]').fill(sampleName);
    await page.locator('select[name="card"]').selectOption({ label: `${cardName} · 第 1 版` });
    await page.locator('input[name="vendors"][value="suda"]').check();
    await page.locator('input[name="cases"]').fill('20');
    await page.locator('input[name="doublePercent"]').fill('20');
    for (const box of await page.locator('input[name="reviewers"]').all()) await box.uncheck();
    for (const name of ['first', 'second']) await page.getByRole('checkbox', { name: `旅程-${name}` }).check();
    await page.getByRole('button', { name: '抽样并分配' }).click();
    await page.waitForURL(/\/quality\/samples\/\d+/);
    await page.getByRole('button', { name: '重抽核对' }).click();
    await page.getByText('重抽得到同样的 20 张').waitFor();
  });

  test('a lost connection, a closed tab and a second window lose nothing and overwrite nobody', async () => {
    const page = as('second');
    await openNext(page);
    const { pathname } = new URL(page.url());
    const chosen = (of: Page) => of.locator('#criterion-empathy_tone [aria-checked="true"]').innerText();
    const rateTone = async (of: Page, digit: string) => {
      await of.getByRole('button', { name: '共情与语气' }).click();
      await of.keyboard.press(digit);
    };
    await page.context().setOffline(true);
    await rateTone(page, '2');
    await page.getByText('未保存').waitFor();
    await page.close();

    const context = page.context();
    await context.setOffline(false);
    const again = await context.newPage();
    people.set('second', again);
    await again.goto(pathname);
    await again.locator('#criterion-empathy_tone [aria-checked="true"]').waitFor();
    expect(await chosen(again)).toMatch(/^2/);
    await expect.poll(() => again.evaluate('localStorage.length'), { timeout: 10_000 }).toBe(0);

    // A save that gets there and whose answer does not get back is no other window's.
    let lost = 0;
    await again.route('**/draft', async (route) => {
      if (++lost > 1) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await rateTone(again, '5');
    await again.getByText('未保存').waitFor();
    await saved(again);
    expect(lost).toBeGreaterThan(1);
    expect(await again.getByText('在别的窗口里改过').count()).toBe(0);
    await again.unroute('**/draft');

    const window2 = await context.newPage();
    await window2.goto(pathname);
    await rateTone(window2, '4');
    await saved(window2);
    await rateTone(again, '3');
    await again.getByText('在别的窗口里改过').waitFor();
    expect(await chosen(again)).toMatch(/^3/);
    await again.getByRole('button', { name: '用那边的版本' }).click();
    expect(await chosen(again)).toMatch(/^4/);
    await window2.close();
  });

  test('reviewers score by keyboard alone, and do not see each other', async () => {
    for (const name of ['first', 'second']) {
      const page = as(name);
      await openNext(page);
      await page.keyboard.press(']');
      await page.keyboard.press('q');
      expect(await page.locator('blockquote').count()).toBe(1);
      // One deduction to dispute.
      await page.keyboard.press('1');
      await page.keyboard.press('ArrowDown');
      for (;;) {
        const before = page.url();
        await rateAll(page);
        await saved(page);
        await page.keyboard.press('Control+Enter');
        await page.waitForURL((url) => url.href !== before);
        if (page.url().endsWith('/quality/queue')) break;
        await page.locator('section[aria-current="true"]').waitFor();
      }
      await page.getByText(/已评 (\d+) \/ \1/).waitFor();
    }
    await as('lead').goto('/quality/samples');
    const row = as('lead').locator('tr', { hasText: sampleName });
    expect(await row.innerText()).toMatch(/24 \/ 24/);
  });

  test('an agent disputes a criterion, the reviewer answers, the lead decides, and the score follows', async () => {
    const lead = as('lead');
    await lead.goto('/quality/samples');
    await lead.getByRole('link', { name: sampleName }).click();
    const scored = lead.locator('tr', { hasText: '旅程-first' }).filter({ hasNotText: '100.0' }).first();
    const agent = /suda-\d+/.exec(await scored.innerText())?.[0] ?? '';
    const review = (await scored.locator('a[href^="/quality/reviews/"]').first().getAttribute('href')) ?? '';
    const page = await join('agent', 'vendor_agent', { vendors: ['suda'], agents: [agent] });
    await page.goto(review);
    expect(await page.locator('button[role="radio"]:enabled').count()).toBe(0);
    const form = page.locator('form[action="?/appeal"]');
    const criterion = await form.locator('select option').first().innerText();
    await form.locator('textarea').fill('买家要的方案当天就给了，见第二条消息');
    await form.getByRole('button').click();
    await page.getByText(`申诉“${criterion}”`).waitFor();

    const reviewer = as('first');
    await reviewer.goto('/quality/appeals');
    await reviewer.locator('textarea').first().fill('同意，漏看了那条消息');
    await reviewer.getByRole('button', { name: '提交' }).first().click();
    await reviewer.getByText('待裁定').first().waitFor();

    await lead.goto('/quality/appeals');
    const decision = lead.locator('form[action="?/decide"]').first();
    await decision.locator('select').selectOption({ index: 1 });
    await decision.locator('textarea').fill('证据充分');
    await decision.getByRole('button', { name: '提交裁定' }).click();
    await lead.getByText('已裁定').first().waitFor();
    await page.reload();
    await page.getByText('裁定成立').waitFor();
  });

  test('the estimate is there for the lead, and for the vendor of its own cases alone', async () => {
    const lead = as('lead');
    await lead.goto('/quality/results');
    const other = lead.getByRole('link', { name: cardName });
    if ((await other.count()) > 0) await other.click();
    const headline = lead.locator('section[aria-label="质检得分"]');
    await headline.getByText(cardName).waitFor();
    expect(await headline.innerText()).toMatch(/\d+\.\d.*95%/s);
    expect(await headline.innerText()).toMatch(/20/);
    const stranger = await join('stranger', 'vendor_manager', { vendors: ['anhe'] });
    await stranger.goto('/quality/samples');
    expect(await stranger.locator('main').innerText()).not.toContain(sampleName);
  });

  test('nothing else went wrong in any page than the connection that was cut', () => {
    const problems = open.flatMap((one) => one.problems);
    expect(problems.filter((problem) => !problem.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
  });
});
