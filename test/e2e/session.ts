import { createHmac } from 'node:crypto';
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
