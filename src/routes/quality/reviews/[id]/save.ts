import { error, json } from '@sveltejs/kit';
import type { z } from 'zod';
import { AnswerError } from '#lib/qa/answers.ts';
import { saveSchema } from '#lib/server/quality/workspace.ts';
import type { StoredReview } from '#lib/server/store/reviews.ts';
import { QualityError } from '#lib/server/store/quality_error.ts';

/** Reads what the workspace sends. Errors: 400. */
export async function readSave(request: Request): Promise<z.output<typeof saveSchema>> {
  const read = saveSchema.safeParse(await request.json().catch(() => null));
  if (!read.success) error(400, { message: 'a save of a review was expected', kind: 'bad_request' });
  return read.data;
}

/** Answers a save that could not be kept with why: 404, 409 (with what another window saved), or 400 for answers that the card does not allow. */
export async function orRefused(
  work: () => Promise<Response>,
  current: () => Promise<Pick<StoredReview, 'revision' | 'content'>>,
): Promise<Response> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AnswerError) return json({ kind: 'answers', message: cause.message }, { status: 400 });
    if (!(cause instanceof QualityError)) throw cause;
    if (cause.kind === 'missing') return json({ kind: cause.kind }, { status: 404 });
    const theirs = cause.kind === 'outdated' ? await current() : null;
    return json({ kind: cause.kind, theirs }, { status: 409 });
  }
}
