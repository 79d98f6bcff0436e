import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const leastLength = 32;

/** The secret is too short to be one; the message says what to do. */
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
  if (secret.length >= leastLength) return secret;
  throw new SecretError(
    `${where}: a secret needs at least ${leastLength} characters; make one with: openssl rand -base64 32`,
  );
}
