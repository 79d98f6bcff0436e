import type { RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import type { SignInRequest } from '#lib/server/sign_in.ts';

/** The fields of a form by name, the last of several; null where they do not fit. Files are nobody's fields. */
export function readForm<T extends z.ZodType>(schema: T, form: FormData): z.output<T> | null {
  const fields = [...form].filter(([, value]) => typeof value === 'string');
  const read = schema.safeParse(Object.fromEntries(fields));
  return read.success ? read.data : null;
}

/** What a sign-in leaves behind of its request. */
export function requestOf({ request, locals, getClientAddress }: RequestEvent): SignInRequest {
  return { headers: request.headers, address: getClientAddress(), requestId: locals.requestId };
}
