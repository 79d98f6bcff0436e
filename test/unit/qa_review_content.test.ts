import { expect, test } from 'vitest';
import { isSameContent } from '#lib/qa/review_content.ts';
import { type ReviewContent, reviewContentSchema } from '#lib/qa/review_schema.ts';

const read = (text: string): ReviewContent => reviewContentSchema.parse(JSON.parse(text));
const tone = '"empathy_tone":{"kind":"level","level":2}';
const rule = '"rule_correct":{"kind":"not_applicable"}';

test('reviews that differ in the order of keys say the same', () => {
  const one = read(`{"answers":{${tone},${rule}},"comment":"好"}`);
  expect(isSameContent(one, read(`{"comment":"好","answers":{${rule},${tone}}}`))).toBe(true);
});

test.each([
  ['a level', `{"answers":{${tone.replace('2', '3')},${rule}},"comment":"好"}`],
  ['an answer', `{"answers":{${tone}},"comment":"好"}`],
  ['the comment', `{"answers":{${tone},${rule}},"comment":"好的"}`],
])('reviews that differ in %s do not', (_, text) => {
  expect(isSameContent(read(`{"answers":{${tone},${rule}},"comment":"好"}`), read(text))).toBe(false);
});
