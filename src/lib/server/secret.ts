import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';

const leastLength = 32;
/** Bytes left of a secret once compressed: a repeated word leaves a dozen, 16 random bytes in hexadecimal more than thirty. */
const leastCompressed = 24;

/** The secret is too short or too plain to be one; the message says what to do. */
export class SecretError extends Error {
  override readonly name = 'SecretError';
  readonly exitCode = 2;
}

/** The secret that signs cookies: AFTERSIGHT_SECRET, else `dataDir/secret.key`, made (0600) where missing. Errors: SecretError. */
export async function appSecret(dataDir: string, env: Record<string, string | undefined>): Promise<string> {
  const given = env['AFTERSIGHT_SECRET']?.trim() ?? '';
  if (given !== '') return checked(given, 'AFTERSIGHT_SECRET');
  const path = join(dataDir, 'secret.key');
  const known = await readFile(path, 'utf8').catch(() => null);
  if (known !== null) return checked(known.trim(), path);
  await mkdir(dataDir, { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true });
  // Of two processes that make one at once, the first wins and both use it.
  await link(draft, path).catch(() => undefined);
  await rm(draft, { force: true });
  return checked((await readFile(path, 'utf8')).trim(), path);
}

function checked(secret: string, where: string): string {
  const remedy = 'make one with: openssl rand -base64 32';
  if (secret.length < leastLength)
    throw new SecretError(`${where}: a secret needs at least ${leastLength} characters; ${remedy}`);
  if (deflateRawSync(secret).length < leastCompressed)
    throw new SecretError(`${where}: a secret that repeats itself can be guessed; ${remedy}`);
  return secret;
}
