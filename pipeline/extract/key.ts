import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExtractError } from './errors.ts';

/** Gives the key of hashed columns: AFTERSIGHT_KEY, else `dataDir/masking.key`, made (0600) where missing; `madeAt` is then its path. Errors: ExtractError. */
export async function maskingKey(
  dataDir: string,
  env: Record<string, string | undefined>,
): Promise<{ key: Buffer; madeAt: string | null }> {
  const given = env['AFTERSIGHT_KEY']?.trim();
  if (given) return { key: createHash('sha256').update(given).digest(), madeAt: null };
  const path = join(dataDir, 'masking.key');
  const made = await makeKey(dataDir, path);
  const text = (await readFile(path, 'utf8')).trim();
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new ExtractError(
      path,
      'not a masking key (64 hexadecimal digits)',
      'Restore it from a backup: with another key, customers already loaded would no longer match.',
    );
  }
  return { key: Buffer.from(text, 'hex'), madeAt: made ? path : null };
}

async function makeKey(dataDir: string, path: string): Promise<boolean> {
  if (existsSync(path)) return false;
  await mkdir(dataDir, { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
