import { createHmac } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { addAccount, codeOf, cookiesOf, operator, password, postForm, signIn, turnOnSecondFactor } from './session.ts';

const baseUrl = inject('baseUrl');
const configPath = inject('configPath');
const cookie = inject('cookie');
const routes = fileURLToPath(new URL('../../src/routes', import.meta.url));
const sessionName = 'aftersight.session_token';

/** Whether a cookie is somebody's session. */
async function isIn(session: string): Promise<boolean> {
  const response = await fetch(`${baseUrl}/account`, {
    headers: { cookie: session, accept: 'text/html' },
    redirect: 'manual',
  });
  await response.body?.cancel();
  if (response.status === 303) expect(response.headers.get('location')).toMatch(/^\/sign-in/);
  return response.status === 200;
}

function sessionOf(cookies: string): string {
  return new RegExp(`${sessionName}=([^;]*)`).exec(cookies)?.[1] ?? '';
}

/** Signs a new account in. */
async function newcomer(
  name: string,
  role: Parameters<typeof addAccount>[2] = 'operator',
  scope = {},
): Promise<string> {
  const email = `${name}@attacks.example`;
  await addAccount(configPath, email, role, scope);
  return signIn(baseUrl, email);
}

/** The page of an account as the operator sees it. */
async function pageOf(email: string): Promise<string> {
  const html = await (await fetch(`${baseUrl}/accounts`, { headers: { cookie } })).text();
  const row = html.split('<tr').find((part) => part.includes(email)) ?? '';
  return `${baseUrl}${/href="(\/accounts\/[^"]+)"/.exec(row)?.[1] ?? ''}`;
}

describe('a session', () => {
  test('cannot be made up, altered, or signed with another secret', async () => {
    const [token = '', signature = ''] = decodeURIComponent(sessionOf(cookie)).split('.');
    const altered = (text: string) => text.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    const sealed = (secret: string, text = token) => createHmac('sha256', secret).update(text).digest('base64');
    expect(await isIn(cookie)).toBe(true);
    for (const forged of [
      token,
      `${token}.`,
      `.${signature}`,
      `${altered(token)}.${signature}`,
      `${token}.${altered(signature)}`,
      `${token}.${sealed('another secret of more than thirty-two characters')}`,
      `${token}.${sealed('')}`,
      `${token}.${sealed('better-auth-secret-12345678901234567890')}`,
      `${operator}.${sealed('x', operator)}`,
      '',
      'null',
      '{}',
      'x'.repeat(6000),
    ])
      expect(await isIn(`${sessionName}=${encodeURIComponent(forged)}`), forged.slice(0, 80)).toBe(false);
    expect(await isIn(`${sessionName}_data=${sessionOf(cookie)}`)).toBe(false);
  });

  test.each([
    ['it is signed out', (own: string) => postForm(`${baseUrl}/sign-out`, {}, { cookie: own })],
    [
      'all are signed out',
      (_own: string, other: string) => postForm(`${baseUrl}/account?/everywhere`, {}, { cookie: other }),
    ],
    [
      'the password is changed elsewhere',
      (_own: string, other: string) =>
        postForm(
          `${baseUrl}/account?/password`,
          { current: password, next: `${password}!`, repeat: `${password}!` },
          { cookie: other },
        ),
    ],
    [
      'the account is closed',
      async (_own: string, _other: string, page: string) => postForm(`${page}?/disable`, {}, { cookie }),
    ],
    [
      'a reset link is used',
      async (_own: string, _other: string, page: string) => {
        const html = await (await postForm(`${page}?/reset`, {}, { cookie })).text();
        const link = /http[^"]+\/reset\/[\w-]+/.exec(html)?.[0] ?? '';
        return postForm(link, { password: `${password}!`, repeat: `${password}!` });
      },
    ],
  ])('is over for good once %s', async (how, end) => {
    const email = `${how.replaceAll(' ', '-')}@attacks.example`;
    await addAccount(configPath, email, 'operator');
    const [own, other] = [await signIn(baseUrl, email), await signIn(baseUrl, email)];
    expect([await isIn(own), await isIn(other)]).toEqual([true, true]);
    const done = await end(own, other, await pageOf(email));
    expect(done.status, await done.text()).toBe(303);
    expect(await isIn(own)).toBe(false);
  });

  test('that began before has what the account may now and nothing else', async () => {
    const own = await newcomer('demoted', 'vendor_manager', { vendors: ['suda'] });
    const ask = async (path: string) => {
      const response = await fetch(`${baseUrl}${path}`, { headers: { cookie: own, accept: '*/*' } });
      await response.body?.cancel();
      return response.status;
    };
    expect([await ask('/cases/export.csv'), await ask('/refunds')]).toEqual([200, 200]);
    const page = await pageOf('demoted@attacks.example');
    const fields = { role: 'vendor_agent', allBrands: 'on', vendors: 'suda', agents: 'nobody' };
    expect((await postForm(`${page}?/save`, fields, { cookie })).status).toBe(303);
    expect([await ask('/cases/export.csv'), await ask('/refunds'), await ask('/cases')]).toEqual([403, 403, 200]);
  });

  test('is a new one after signing in, whatever the browser came with', async () => {
    await addAccount(configPath, 'fixated@attacks.example', 'operator');
    const fields = { email: 'fixated@attacks.example', password };
    for (const planted of [`${sessionName}=planted`, cookie, `aftersight.two_factor=planted; ${cookie}`]) {
      const signedIn = await postForm(`${baseUrl}/sign-in?/password`, fields, { cookie: planted });
      const own = cookiesOf(signedIn);
      expect(sessionOf(own)).not.toBe('');
      expect(sessionOf(own)).not.toBe(sessionOf(planted));
      expect(await isIn(`${sessionName}=planted`)).toBe(false);
      const html = await (await fetch(`${baseUrl}/account`, { headers: { cookie: own } })).text();
      expect(html).toContain('fixated@attacks.example');
    }
  });

  test('is out of reach of scripts and of other sites', async () => {
    const signedIn = await postForm(`${baseUrl}/sign-in?/password`, { email: operator, password });
    const set = signedIn.headers.getSetCookie();
    expect(set.length).toBeGreaterThanOrEqual(2);
    for (const one of set) expect(one).toMatch(/^(?=.*httponly)(?=.*samesite=lax)(?=.*path=\/)/i);
  });
});

/** Every address that a POST changes something at, from the source of the routes. */
async function writingAddresses(): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob('**/+{server,page.server}.ts', { cwd: routes })) {
    const text = await readFile(join(routes, file), 'utf8');
    const path = `/${file.replaceAll('\\', '/').replace(/\/?\+[\w.]+$/, '')}`;
    const [, block = ''] = /export const actions[^=]*= \{([^]*?)\n\};|$/.exec(text) ?? [];
    const named = [...block.matchAll(/^ {2}(?:async )?(\w+)[:(]/gm)].map(([, name]) => `${path}?/${name}`);
    if (/actions: Actions = \{ default/.test(text)) named.push(path);
    if (/export const (POST|PUT|PATCH|DELETE)\b/.test(text)) named.push(path);
    if (/export const actions/.test(text) || named.length > 0) expect(named, file).not.toEqual([]);
    found.push(...named);
  }
  return found.sort();
}

describe('a request that changes something', () => {
  let addresses: string[];
  beforeAll(async () => {
    const page = new URL(await pageOf(operator)).pathname;
    addresses = (await writingAddresses()).map((address) =>
      address
        .replace('/accounts/[id]', page)
        .replace('[...id]', 'helpdesk/x')
        .replace('[id]', '1')
        .replace('[token]', 'x'.repeat(43)),
    );
  });

  test('is found wherever there is one', () => {
    expect(addresses.length).toBeGreaterThanOrEqual(15);
    expect(addresses).toContain('/sign-out');
    expect(addresses.join()).not.toContain('[');
  });

  test.each([
    ['another site', 'https://evil.example'],
    ['another port of this host', baseUrl.replace(/\d+$/, '1')],
    ['a subdomain', baseUrl.replace('127.0.0.1', 'evil.127.0.0.1')],
    ['a frame without an origin', 'null'],
    ['nobody who says so', null],
  ])('is refused to %s, in whatever form it comes', async (_, origin) => {
    const types = [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain',
      'application/json',
      '',
    ];
    for (const address of addresses)
      for (const type of types) {
        const headers = new Headers({ cookie, accept: 'text/html' });
        if (origin !== null) headers.set('origin', origin);
        if (type !== '') headers.set('content-type', type);
        const body = new TextEncoder().encode('name=x&email=csrf%40attacks.example&role=operator&password=x');
        const response = await fetch(`${baseUrl}${address}`, { method: 'POST', headers, body, redirect: 'manual' });
        expect(response.status, `${address} ${type}`).toBe(403);
        await response.body?.cancel();
      }
    expect(await isIn(cookie)).toBe(true);
  });
});

describe('a second factor', () => {
  async function guarded(name: string): Promise<{ email: string; secret: string; challenge: () => Promise<string> }> {
    const email = `${name}@attacks.example`;
    const secret = await turnOnSecondFactor(baseUrl, await newcomer(name));
    const challenge = async () => {
      const cookies = cookiesOf(await postForm(`${baseUrl}/sign-in?/password`, { email, password }));
      expect(cookies).toContain('two_factor=2fa-');
      return cookies;
    };
    return { email, secret, challenge };
  }

  /** Tries a code; whether it opened a session. */
  async function tryCode(code: string, challenge: string, kind = 'app'): Promise<boolean> {
    const response = await postForm(`${baseUrl}/sign-in?/factor`, { code, kind }, { cookie: challenge });
    await response.body?.cancel();
    return sessionOf(cookiesOf(response)) !== '';
  }

  const next = (secret: string) => codeOf(secret, Date.now() + 30_000);

  test('is asked for: a right password alone is nobody’s session', async () => {
    const { challenge } = await guarded('halfway');
    expect(await isIn(await challenge())).toBe(false);
  });

  test('takes each code once: not the one that turned it on, nor one that somebody looked at', async () => {
    const { secret, challenge } = await guarded('replayed');
    expect(await tryCode(codeOf(secret), await challenge())).toBe(false);
    const code = next(secret);
    const [mine, theirs] = [await challenge(), await challenge()];
    expect(await tryCode(code, mine)).toBe(true);
    expect(await tryCode(code, theirs)).toBe(false);
    expect(await tryCode(code, mine)).toBe(false);
  });

  test('takes a code once also of two that come at the same moment', async () => {
    const { secret, challenge } = await guarded('raced');
    const challenges = await Promise.all([challenge(), challenge(), challenge()]);
    const code = next(secret);
    const opened = await Promise.all(challenges.map((one) => tryCode(code, one)));
    expect(opened.filter(Boolean)).toHaveLength(1);
  });

  test('is closed to guesses after a few, however many sign-ins they are spread over, and the log tells of each', async () => {
    const { email, secret, challenge } = await guarded('guessed');
    const challenges = await Promise.all(Array.from({ length: 6 }, challenge));
    const guesses = Array.from({ length: 24 }, (_, index) => String(index).padStart(6, '0'));
    await Promise.all(guesses.map((guess, index) => tryCode(guess, challenges[index % 6] ?? '')));
    expect(await tryCode(next(secret), await challenge())).toBe(false);
    expect(await tryCode('aaaaa-bbbbb', await challenge(), 'backup')).toBe(false);
    const log = await (await fetch(`${baseUrl}/audit?lang=en`, { headers: { cookie: `lang=en; ${cookie}` } })).text();
    const rows = log.split('<tr').filter((row) => row.includes(email));
    expect(rows.filter((row) => row.includes('Second factor failed')).length).toBeGreaterThanOrEqual(6);
    expect(rows.filter((row) => row.includes('Sign-in locked')).length).toBeGreaterThanOrEqual(1);
  });

  test('is over with the password that began it', async () => {
    const { email, secret, challenge } = await guarded('overtaken');
    const before = await challenge();
    const html = await (await postForm(`${await pageOf(email)}?/reset`, {}, { cookie })).text();
    const link = /http[^"]+\/reset\/[\w-]+/.exec(html)?.[0] ?? '';
    const used = await postForm(link, { password: `${password}!`, repeat: `${password}!` });
    expect(used.headers.get('location')).toBe('/sign-in?step=code');
    expect(await tryCode(next(secret), before)).toBe(false);
    expect(await tryCode(next(secret), cookiesOf(used))).toBe(true);
  });

  test('of one account is not opened by somebody who is in with another, nor by a made-up challenge', async () => {
    const { challenge } = await guarded('victim');
    const own = await guarded('insider');
    const session = cookiesOf(
      await postForm(
        `${baseUrl}/sign-in?/factor`,
        { code: next(own.secret), kind: 'app' },
        { cookie: await own.challenge() },
      ),
    );
    expect(await isIn(session)).toBe(true);
    const pending = /aftersight\.two_factor=2fa-[^;]*/.exec(await challenge())?.[0] ?? '';
    const mixed = `${sessionName}=${sessionOf(session)}; ${pending}`;
    expect(await tryCode(codeOf(own.secret), mixed)).toBe(false);
    const html = await (await fetch(`${baseUrl}/account`, { headers: { cookie: mixed } })).text();
    expect(html).toContain('insider@attacks.example');
    expect(await tryCode('000000', 'aftersight.two_factor=2fa-madeup.signature')).toBe(false);
  });
});
