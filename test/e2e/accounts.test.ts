import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Reach, roleOf, roles } from '#lib/access/roles.ts';
import { openBrowser } from './chromium.ts';
import { addAccount, codeOf, cookiesOf, password, postForm } from './session.ts';
import { visit } from './visit.ts';

const chromium = inject('chromium');
const baseUrl = inject('baseUrl');
const configPath = inject('configPath');
const cookie = inject('cookie');

const scopes: Record<Reach, { brands?: string[]; vendors?: string[]; agents?: string[] }> = {
  everything: {},
  brands: { brands: ['northpeak'] },
  brands_and_vendors: { brands: ['northpeak'], vendors: ['suda'] },
  vendors: { vendors: ['suda'] },
  agents: { vendors: ['suda'], agents: ['suda-011'] },
};

test.each(roles)('%s starts on the page that answers the question of the role', async (role) => {
  const email = `starts-${role}@test.example`;
  await addAccount(configPath, email, role, scopes[roleOf(role).reach]);
  const signedIn = await postForm(`${baseUrl}/sign-in?/password`, { email, password });
  const next = `${baseUrl}${signedIn.headers.get('location') ?? ''}`;
  const response = await fetch(next, { headers: { cookie: cookiesOf(signedIn), accept: 'text/html' } });
  expect(new URL(response.url).pathname).toBe(roleOf(role).lands);
  expect(response.status).toBe(200);
});

describe.skipIf(chromium === null)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '');
  });
  afterAll(() => browser?.close());

  test('an invitation leads over a password and a second factor to a dashboard of one vendor', async () => {
    const email = 'invited@test.example';
    const operator = await visit(browser, baseUrl, cookie);
    await operator.page.goto('/accounts');
    const form = operator.page.locator('form[action="?/invite"]');
    await form.getByLabel('姓名').fill('林晓');
    await form.getByLabel('邮箱').fill(email);
    await form.getByLabel('角色').selectOption('vendor_manager');
    await form.getByRole('group', { name: /品牌/ }).getByLabel('全部品牌').check();
    await form
      .getByRole('group', { name: /服务商/ })
      .getByLabel('速达客服')
      .check();
    await form.getByRole('button', { name: '邀请' }).click();
    const link = await operator.page.locator('.made input').inputValue();
    expect(operator.problems).toEqual([]);
    await operator.close();

    const guest = await visit(browser, baseUrl, '');
    const { page } = guest;
    await page.goto(link);
    await page.getByLabel('新密码').fill(password);
    await page.getByLabel('再输一次').fill(password);
    await page.getByRole('button', { name: '保存并登录' }).click();
    await page.waitForURL(`${baseUrl}/`);

    await page.goto('/account');
    const factor = page.locator('#factor');
    await factor.getByLabel('当前密码').fill(password);
    await factor.getByRole('button', { name: '开启二次验证' }).click();
    const secret = (await factor.locator('.key code').innerText()).replaceAll(' ', '');
    await factor.getByLabel(/验证码/).fill(codeOf(secret));
    await factor.getByRole('button', { name: '完成开启' }).click();
    await page.waitForURL(/done=turnedOn/);
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.waitForURL(/sign-in/);

    await page.getByLabel('邮箱').fill(email);
    await page.getByLabel('密码').fill(password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL(/step=code/);
    // The code of now is used up: the next one is taken too, for clocks that differ.
    await page.getByLabel('验证码').fill(codeOf(secret, Date.now() + 30_000));
    await page.getByRole('button', { name: '验证' }).click();
    await page.waitForURL(`${baseUrl}/`);
    const text = await page.locator('body').innerText();
    expect(text).toContain('速达客服');
    expect(text).not.toMatch(/安禾服务|云听客服|极时科技|晓澜客服/);
    expect(guest.problems).toEqual([]);
    await guest.close();
  });
});
