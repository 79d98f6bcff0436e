import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { SecretError } from './secret.ts';

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
const leastLength = 32;

/** Encrypts what masking takes out of texts; `id` tells keys apart without giving anything away. */
export interface OriginalsKey {
  id: string;
  key: Buffer;
}

/** The environment variable that holds the secret; losing it loses the originals, which is also how to destroy them. */
export const originalsVariable = 'AFTERSIGHT_PII_KEY';

/** The key of the originals, from the environment; null where none is set. Errors: SecretError for one too short to be secret. */
export function originalsKey(env: Readonly<Record<string, string | undefined>>): OriginalsKey | null {
  const secret = env[originalsVariable]?.trim() ?? '';
  if (secret === '') return null;
  if (secret.length < leastLength)
    throw new SecretError(
      `${originalsVariable}: needs at least ${leastLength} characters; make one with: openssl rand -base64 32`,
    );
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'aftersight originals', 32));
  return { id: createHash('sha256').update('id').update(key).digest('hex').slice(0, 8), key };
}

/** The key of a run that keeps originals. Errors: SecretError, also where none is set. */
export function requiredOriginalsKey(env: Readonly<Record<string, string | undefined>>): OriginalsKey {
  const key = originalsKey(env);
  if (key) return key;
  throw new SecretError(
    `${originalsVariable} is not set, and pii: keep has no other place for a key; make one with: openssl rand -base64 32 (keep it: without it no original can be read again), or write pii: mask`,
  );
}

/** Where an original belongs: one copied elsewhere does not open. */
export interface OriginalPlace {
  loadId: string;
  column: string;
}

/** Seals a text with AES-256-GCM (NIST SP 800-38D, random nonce): the id of the key, a full stop, then nonce, text and tag in base64. */
export function sealOriginal({ id, key }: OriginalsKey, place: OriginalPlace, text: string): string {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, key, nonce).setAAD(placeBytes(place));
  const sealed = Buffer.concat([nonce, sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()]);
  return `${id}.${sealed.toString('base64')}`;
}

/** Opens what `sealOriginal` sealed; null where it was sealed with another key. Errors: what was changed or moved does not open. */
export function openOriginal({ id, key }: OriginalsKey, place: OriginalPlace, sealed: string): string | null {
  const [sealedWith = '', text = ''] = sealed.split('.');
  if (sealedWith !== id) return null;
  const bytes = Buffer.from(text, 'base64');
  const opening = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
    .setAAD(placeBytes(place))
    .setAuthTag(bytes.subarray(-tagBytes));
  const opened = Buffer.concat([opening.update(bytes.subarray(nonceBytes, -tagBytes)), opening.final()]);
  return opened.toString('utf8');
}

function placeBytes({ loadId, column }: OriginalPlace): Buffer {
  return Buffer.from(JSON.stringify([loadId, column]));
}

/** Begins the names of the columns of raw that hold sealed originals; the name of the masked column follows. */
export const originalPrefix = '_original_';
