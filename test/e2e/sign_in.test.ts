import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Locale, locales } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import { makeMailer } from '#lib/server/mail.ts';
import { oidcProblems } from '#lib/access/oidc_problems.ts';
import { runTask } from '#lib/server/store/control.ts';
import { makeAccountTask } from '#lib/server/store/tasks.ts';
import { serveBuilt } from './built_app.ts';
import { type Forgery, type IdentityProvider, clientId, startIdentityProvider } from './identity_provider.ts';
import { type MailServer, startMailServer } from './mail_server.ts';
import { cookiesOf, operator, password, postForm, signIn } from './session.ts';

const t = translator('zh-CN');
const all = { brands: null, vendors: null, agents: null };
const html = { accept: 'text/html', 'accept-language': 'zh-CN' };

let folder: string;
let path: string;
let provider: IdentityProvider;
let mail: MailServer;
let app: Awaited<ReturnType<typeof serveBuilt>>;
let admin: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aftersight-sign-in-'));
  [provider, mail] = await Promise.all([startIdentityProvider(), startMailServer()]);
  path = join(folder, 'aftersight.yaml');
  await writeFile(
    path,
    `timezone: Asia/Shanghai
brands: [{ id: b1 }]
vendors: [{ id: v1 }]
public_url: \${ORIGIN}
sign_in: { oidc: { issuer: ${provider.issuer}, client_id: ${clientId}, client_secret: "\${OIDC}", label: 示例集团 } }
mail: { from: Aftersight <aftersight@test.example>, smtp_url: "\${SMTP}" }
`,
  );
  app = await serveBuilt(path, { OIDC: provider.clientSecret, SMTP: mail.url });
  // The first request opens the store, which the tasks below ask for.
  await fetch(`${app.baseUrl}/healthz`);
  await makeAccount(operator);
  admin = await signIn(app.baseUrl);
});
afterAll(async () => {
  await app?.stop();
  await Promise.all([provider?.close(), mail?.close()]);
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  provider.forgery = {};
  provider.isDown = false;
  provider.isTerse = false;
});
afterEach(() => {
  mail.isRefusing = false;
});

async function makeAccount(email: string): Promise<void> {
  const account = { name: email, email, password, role: 'operator' as const, ...all };
  await runTask(join(folder, 'data'), {}, makeAccountTask, account);
}

function get(url: string, cookie = '', locale: Locale = 'zh-CN'): Promise<Response> {
  return fetch(new URL(url, app.baseUrl), {
    headers: { ...html, 'accept-language': locale, cookie },
    redirect: 'manual',
  });
}

function locationOf(response: Response): string {
  return response.headers.get('location') ?? '';
}

/** Goes to the provider and back, up to the address it sends people back to. */
async function goThere(to = ''): Promise<{ back: string; cookie: string; asked: URLSearchParams }> {
  const begun = await get(`/sign-in/oidc${to}`);
  const there = locationOf(begun);
  return { back: locationOf(await get(there)), cookie: cookiesOf(begun), asked: new URL(there).searchParams };
}

/** Signs a person in at the provider; a session where that led in, else where it led. */
async function signInThere(): Promise<{ cookie: string; location: string }> {
  const { back, cookie } = await goThere();
  const response = await get(back, cookie);
  return { cookie: cookiesOf(response), location: locationOf(response) };
}

async function logOf(subject: string): Promise<string> {
  const page = await (await get('/audit', admin)).text();
  const rows = page.match(/<tr[^>]*>[\s\S]*?<\/tr>/g) ?? [];
  return rows.find((row) => row.includes(subject))?.replace(/(<[^>]*>|\s)+/g, ' ') ?? '';
}

describe('sign-in at an identity provider', () => {
  test('is offered on the page; while the provider is down a message says so, and passwords work', async () => {
    expect(await (await get('/sign-in')).text()).toContain(t('access.signIn.with', { provider: '示例集团' }));
    provider.isDown = true;
    expect(locationOf(await get('/sign-in/oidc'))).toBe('/sign-in?problem=unreachable');
    expect(await signIn(app.baseUrl)).toContain('session_token');
  });

  test('is a code flow with PKCE, state and nonce that ends where one wanted to go', async () => {
    provider.person = { sub: 'op', email: operator, email_verified: true };
    const { back, cookie, asked } = await goThere(`?to=${encodeURIComponent('/audit?page=1')}`);
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: `${app.baseUrl}/sign-in/oidc/callback`,
      code_challenge_method: 'S256',
      scope: 'openid email profile',
    });
    for (const name of ['state', 'nonce', 'code_challenge'] as const)
      expect(asked.get(name)?.length, name).toBeGreaterThan(40);
    const response = await get(back, cookie);
    expect(locationOf(response)).toBe(`/sign-in?to=${encodeURIComponent('/audit?page=1')}`);
    expect(locationOf(await get(locationOf(response), cookiesOf(response)))).toBe('/audit?page=1');
    expect((await get('/account', cookiesOf(response))).status).toBe(200);
    const log = await logOf(operator);
    expect(log).toContain(t('access.audit.action.sign_in'));
    expect(log).toContain(t('access.audit.byOidc'));
  });

  test('serves once: neither the address one came back to nor its code opens a second session', async () => {
    provider.person = { sub: 'op', email: operator, email_verified: true };
    const first = await goThere();
    expect(cookiesOf(await get(first.back, first.cookie))).toContain('session_token');
    const again = await get(first.back, first.cookie);
    expect([locationOf(again), cookiesOf(again)]).toEqual([
      '/sign-in?problem=over',
      expect.not.stringContaining('session'),
    ]);
    const second = await goThere();
    const used = new URL(second.back);
    used.searchParams.set('code', new URL(first.back).searchParams.get('code') ?? '');
    expect(locationOf(await get(used.href, second.cookie))).toBe('/sign-in?problem=invalid');
  });

  test('belongs to the browser that began it: another state, another browser or none of it is refused', async () => {
    const [mine, other] = [await goThere(), await goThere()];
    for (const [back, cookie] of [
      [mine.back, other.cookie],
      [mine.back, ''],
      ['/sign-in/oidc/callback?code=x', mine.cookie],
      ['/sign-in/oidc/callback', ''],
    ] as const) {
      const response = await get(back, cookie);
      expect([locationOf(response), cookiesOf(response)]).toEqual([
        '/sign-in?problem=over',
        expect.not.stringContaining('session'),
      ]);
    }
  });

  test.each<[string, Forgery]>([
    ['another nonce', { nonce: 'another' }],
    ['of yesterday', { expiresIn: -86_400 }],
    ['for another client', { audience: 'another' }],
    ['of another issuer', { issuer: 'https://another.example' }],
    ['signed by nobody known', { isForeign: true }],
  ])('refuses an ID token that is %s', async (_name, forgery) => {
    provider.person = { sub: 'op', email: operator, email_verified: true };
    provider.forgery = forgery;
    expect(await signInThere()).toEqual({
      location: '/sign-in?problem=invalid',
      cookie: expect.not.stringContaining('session'),
    });
  });

  test('is told as cancelled where the person refused at the provider', async () => {
    const { back, cookie } = await goThere();
    const refused = new URL(back);
    refused.searchParams.delete('code');
    refused.searchParams.set('error', 'access_denied');
    expect(locationOf(await get(refused.href, cookie))).toBe('/sign-in?problem=denied');
  });

  test('lets in nobody without account or invitation, nor an address that the provider does not vouch for', async () => {
    provider.person = { sub: 'x', email: 'nobody@test.example', email_verified: true };
    expect((await signInThere()).location).toBe('/sign-in?problem=unknown');
    expect(await logOf('nobody@test.example')).toContain(t('access.audit.why.unknown'));
    for (const email_verified of [false, 'false', undefined]) {
      provider.person = { sub: 'y', email: operator, ...(email_verified !== undefined && { email_verified }) };
      expect((await signInThere()).location).toBe('/sign-in?problem=unverified');
    }
    provider.person = { sub: 'another', email: operator, email_verified: true };
    expect((await signInThere()).location).toBe('/sign-in?problem=linked_otherwise');
  });

  test('takes an invitation, asks the provider for what its token leaves out, and stops with the account', async () => {
    const email = 'invited@test.example';
    const fields = { name: '小李', email, role: 'brand_manager', brands: 'b1' };
    expect((await postForm(`${app.baseUrl}/accounts?/invite`, fields, { cookie: admin })).status).toBe(200);
    provider.person = { sub: 'li', email, email_verified: 'true', name: '李明' };
    provider.isTerse = true;
    const { cookie } = await signInThere();
    const page = await (await get('/account', cookie)).text();
    expect(page).toContain('李明');
    expect(page).toContain(t('access.account.noPassword'));

    const id = /\/accounts\/([\w-]+)"[^>]*>李明/.exec(await (await get('/accounts', admin)).text())?.[1];
    const change = (action: string, more = {}) =>
      postForm(`${app.baseUrl}/accounts/${id}?/${action}`, more, { cookie: admin });
    expect((await change('unlink')).status).toBe(400);
    expect(locationOf(await change('unlink', { confirmed: 'yes' }))).toContain('done=unlinked');
    expect((await get('/account', cookie)).status).toBe(303);
    expect((await signInThere()).cookie).toContain('session_token');
    expect(locationOf(await change('disable'))).toContain('done=disabledNow');
    expect((await signInThere()).location).toBe('/sign-in?problem=disabled');
  });

  test.each(locales)('says what went wrong in %s', async (locale) => {
    for (const problem of oidcProblems) {
      const page = await (await get(`/sign-in?problem=${problem}`, '', locale)).text();
      expect(page, problem).toContain(translator(locale)(`access.signIn.provider.${problem}`));
    }
  });
});

test('another configuration is in the log as soon as it is in force, by what differs in it', async () => {
  expect(await logOf('aftersight.yaml')).toContain(t('access.audit.firstSeen'));
  await writeFile(path, `${await readFile(path, 'utf8')}keep_snapshots: 3\n`);
  await get('/sign-in');
  const log = await logOf('aftersight.yaml');
  expect(log).toContain(`${t('access.audit.key.added')} keep_snapshots`);
  expect(log).not.toContain(provider.clientSecret);
  expect((await get('/sign-in/oidc')).status).toBe(303);
});

describe('mail', () => {
  const ask = (email: string) => postForm(`${app.baseUrl}/sign-in?step=forgot&/forgot`, { email }, html);
  const linkIn = (message: string) => /https?:\/\/\S+/.exec(message)?.[0] ?? '';

  test('brings a link to a new password, whose address is the public one whatever a request names as host', async () => {
    const email = 'forgetful@test.example';
    await makeAccount(email);
    const { port } = new URL(app.baseUrl);
    const asking = request({
      port,
      method: 'POST',
      path: '/sign-in?step=forgot&/forgot',
      headers: {
        host: 'evil.example',
        origin: app.baseUrl,
        'content-type': 'application/x-www-form-urlencoded',
        ...html,
      },
    }).end(String(new URLSearchParams({ email })));
    const [response] = await once(asking, 'response');
    expect(await text(response)).toContain(t('access.signIn.askedTitle'));
    const message = await mail.to(email);
    expect(message.from).toBe('aftersight@test.example');
    expect(message.text).toContain(t('access.mail.reset', { email }));
    const link = linkIn(message.text);
    expect(link).toMatch(new RegExp(`^${app.baseUrl}/reset/`));
    const chosen = { password: 'five words are even better', repeat: 'five words are even better' };
    expect(cookiesOf(await postForm(link, chosen))).toContain('session_token');
    expect((await postForm(link, chosen)).status).toBe(404);
    expect(await logOf(email)).toContain(t('access.audit.action.sign_in'));
  });

  test('goes to nobody who has no account, and the answer does not tell', async () => {
    const known = 'known@test.example';
    await makeAccount(known);
    const unknown = 'stranger@test.example';
    const pages = new Map<string, string>();
    for (const email of [unknown, known]) {
      const response = await ask(email);
      expect(response.status).toBe(200);
      const page = await response.text();
      pages.set(email, page.replaceAll(email, '…').replace(/nonce="[^"]*"|[\w-]+\.js|form:[^\n]*/g, ''));
    }
    await mail.to(known);
    expect(mail.taken.filter(({ to }) => to === unknown)).toEqual([]);
    expect(pages.get(unknown)).toBe(pages.get(known));
  });

  test('is sent to one address three times in a quarter of an hour and no more, account or not', async () => {
    for (const email of ['often@test.example', 'never@test.example']) {
      if (email.startsWith('often')) await makeAccount(email);
      const statuses = [];
      for (let count = 0; count < 4; count++) statuses.push((await ask(email)).status);
      expect(statuses).toEqual([200, 200, 200, 429]);
    }
    expect((await ask('no address')).status).toBe(400);
  });

  test('brings invitations; where it is refused, the link is shown to be passed on', async () => {
    const invite = async (email: string) => {
      const fields = { name: 'New', email, role: 'brand_manager', brands: 'b1' };
      return (await postForm(`${app.baseUrl}/accounts?/invite`, fields, { ...html, cookie: admin })).text();
    };
    const page = await invite('new@test.example');
    const link = linkIn((await mail.to('new@test.example')).text);
    expect(link).toMatch(new RegExp(`^${app.baseUrl}/invitation/`));
    expect(page).toContain(t('access.accounts.invitationSent', { email: 'new@test.example' }));
    expect(page).not.toContain(link);
    expect((await get(link)).status).toBe(200);

    mail.isRefusing = true;
    const shown = await invite('full@test.example');
    expect(shown).toContain(t('access.accounts.mailRefused', { email: 'full@test.example' }));
    expect(shown).toContain(`${app.baseUrl}/invitation/`);

    const withdrawn = await postForm(
      `${app.baseUrl}/accounts?/withdraw`,
      { email: 'new@test.example' },
      { cookie: admin },
    );
    expect(locationOf(withdrawn)).toBe('/accounts?done=withdrawn');
    expect((await get(link)).status).toBe(404);
  });

  test('tells no server beyond this machine anything without TLS', async () => {
    const url = mail.url.replace('127.0.0.1', '0.0.0.0');
    const message = { to: 'far@test.example', subject: 's', text: 't' };
    const error = await makeMailer({ from: 'a@test.example', smtpUrl: url })
      .send(message)
      .catch((cause: unknown) => String(cause));
    expect(error).toMatch(/^MailError: no mail to far@test.example through 0.0.0.0:\d+/);
    expect(error).not.toContain('secret');
    await makeMailer({ from: 'a@test.example', smtpUrl: `${url}?requireTLS=false` }).send(message);
    expect(mail.taken.filter(({ to }) => to === message.to)).toHaveLength(1);
  });
});
