import { type RequestEvent, error } from '@sveltejs/kit';
import type { z } from 'zod';
import type { SignInRequest } from '#lib/server/sign_in.ts';

const deviceCookie = 'aftersight_device';
const deviceSeconds = 180 * 86_400;

/** The form of a request. Errors: 400 where it cannot be read as one, or holds the one character that no database takes. */
export async function formOf(request: Request): Promise<FormData> {
  const form = await request.formData().catch((cause: unknown) => {
    if (cause instanceof TypeError) return null;
    throw cause;
  });
  const isReadable = form && [...form].flat().every((text) => typeof text !== 'string' || !text.includes('\0'));
  if (!isReadable) error(400, { message: 'a form that cannot be read', kind: 'bad_request' });
  return form;
}

/** The fields of a form by name, the last of several; null where they do not fit. Files are nobody's fields. */
export function readForm<T extends z.ZodType>(schema: T, form: FormData): z.output<T> | null {
  const fields = [...form].filter(([, value]) => typeof value === 'string');
  const read = schema.safeParse(Object.fromEntries(fields));
  return read.success ? read.data : null;
}

/** What a sign-in leaves behind of its request. */
export function requestOf({ request, locals, cookies, getClientAddress }: RequestEvent): SignInRequest {
  const device = cookies.get(deviceCookie) ?? null;
  return { headers: request.headers, address: getClientAddress(), requestId: locals.requestId, device };
}

/** Lets the browser keep what tells it from a stranger at the next sign-in (lib/server/known_device.ts). */
export function keepDevice({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>, device: string): void {
  const secure = url.protocol === 'https:';
  cookies.set(deviceCookie, device, { path: '/', maxAge: deviceSeconds, httpOnly: true, sameSite: 'lax', secure });
}
