import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a browser keeps that an account signed in from: it cannot be made up, and means nothing for another account. */
export function makeDevice(secret: string, email: string): string {
  const id = randomBytes(16).toString('base64url');
  return `${id}.${sealOf(secret, email, id)}`;
}

/** The id of a browser that the account signed in from before; null for any other, and for what nobody here made. */
export function deviceId(secret: string, email: string, given: string | null): string | null {
  const [id = '', seal = ''] = (given ?? '').split('.');
  const [found, expected] = [Buffer.from(seal), Buffer.from(sealOf(secret, email, id))];
  return found.length === expected.length && timingSafeEqual(found, expected) ? id : null;
}

function sealOf(secret: string, email: string, id: string): string {
  return createHmac('sha256', secret).update(`device\n${email}\n${id}`).digest('base64url');
}
