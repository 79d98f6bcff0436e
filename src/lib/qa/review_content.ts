import type { ReviewContent } from './review_schema.ts';

/** Tells whether two reviews say the same, in whatever order their keys come: a database keeps none. */
export function isSameContent(a: ReviewContent, b: ReviewContent): boolean {
  return withSortedKeys(a) === withSortedKeys(b);
}

function withSortedKeys(content: ReviewContent): string {
  return JSON.stringify(content, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
