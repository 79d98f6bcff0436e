import { createHmac } from 'node:crypto';
import type { Scope } from '#lib/access/principal.ts';
import type { Role } from '#lib/access/roles.ts';
import { loadConfig } from '#lib/server/config.ts';
import { runTask } from '#lib/server/store/control.ts';
import { makeAccountTask } from '#lib/server/store/tasks.ts';
import { runCommand } from './built_app.ts';

/** The password of every account that tests make. */
export const password = 'four words are enough';
export const operator = 'operator@test.example';

/** Makes an account over a configuration, served or not. */
export function makeAccount(configPath: string, email: string, role: string, ...scope: string[]): void {
  runCommand(['account', 'add', '--config', configPath, '--email', email, '--role', role, ...scope], {
    AFTERSIGHT_PASSWORD: password,
  });
}

/** Makes an account in a store that is served, without a process of its own. */
export async function addAccount(
  configPath: string,
  email: string,
  role: Role,
  scope: Partial<Scope> & { name?: string } = {},
): Promise<void> {
  const { dataDir } = await loadConfig(configPath);
  const given = { name: email, brands: null, vendors: null, agents: null, ...scope };
  await runTask(dataDir, {}, makeAccountTask, { email, role, password, ...given });
}

/** Signs in and returns the cookie that later requests carry. Errors: where that is refused. */
export async function signIn(baseUrl: string, email: string = operator): Promise<string> {
  const response = await postForm(`${baseUrl}/sign-in?/password`, { email, password });
  const cookies = cookiesOf(response);
  await response.body?.cancel();
  if (!cookies.includes('session_token')) throw new Error(`${email} could not sign in: ${response.status}`);
  return cookies;
}

/** Posts a form as a page of the app does. */
export function postForm(
  url: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { origin: new URL(url).origin, accept: 'text/html', ...headers },
    redirect: 'manual',
  });
}

/** The cookies that an answer sets, as the next request sends them. */
export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ');
}

/** Turns the second factor of a session's account on, and returns its secret; the code of now is used up with that. */
export async function turnOnSecondFactor(baseUrl: string, session: string): Promise<string> {
  const started = await (await postForm(`${baseUrl}/account?/start`, { password }, { cookie: session })).text();
  const uri = /otpauth:[^"]+/.exec(started)?.[0].replaceAll('&amp;', '&') ?? '';
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const fields = { code: codeOf(secret), uri, backupCodes: 'none' };
  const done = await postForm(`${baseUrl}/account?/confirm`, fields, { cookie: session });
  if (done.status !== 303) throw new Error(`the second factor could not be turned on: ${done.status}`);
  return secret;
}

/** The code of RFC 6238 for a secret in base32, as an authenticator shows it at an instant. */
export function codeOf(secret: string, at = Date.now()): string {
  const bits = [...secret].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
