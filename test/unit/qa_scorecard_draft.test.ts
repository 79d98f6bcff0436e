import { describe, expect, test } from 'vitest';
import { defaultScorecard } from '#lib/qa/default_scorecard/card.ts';
import {
  draftOf,
  emptyCriterion,
  emptyScale,
  emptySection,
  freeId,
  scorecardDraftSchema,
} from '#lib/qa/scorecard_draft.ts';
import { readScorecard } from '#lib/qa/scorecard_reading.ts';

const reading = (draft: object) => readScorecard({ ...draft, version: 1, state: 'draft' }, []);

describe('a draft', () => {
  test('of a card reads as that card', () => {
    expect(reading(draftOf(defaultScorecard)).card).toEqual({ ...defaultScorecard, state: 'draft' });
  });

  test('with something to fill in cannot be published until it is', () => {
    const draft = draftOf(defaultScorecard, 'other');
    draft.sections.push(emptySection(draft));
    const { problems } = reading(draft);
    expect(new Set(problems.map(({ allowed }) => allowed))).toEqual(new Set(['a text that is not empty']));
  });

  test('never has an id twice', () => {
    const draft = draftOf(defaultScorecard);
    const first = emptyCriterion(draft);
    draft.sections[0]?.criteria.push(first);
    expect(emptyCriterion(draft).id).not.toBe(first.id);
    expect(freeId('cause', [{ id: 'cause_1' }, { id: 'cause_3' }])).toBe('cause_2');
  });

  test.each(['pass_fail', 'points', 'deduct'] as const)('takes a scale of kind %s', (kind) => {
    expect(emptyScale(kind).kind).toBe(kind);
  });
});

test('a text not written in some language is taken from another, a translation stays', () => {
  const draft = draftOf(defaultScorecard);
  const name = { 'zh-CN': '服务质检', 'zh-TW': ' ', en: '' };
  expect(scorecardDraftSchema.parse({ ...draft, name }).name).toEqual({
    'zh-CN': '服务质检',
    'zh-TW': '服务质检',
    en: '服务质检',
  });
  const english = { 'zh-CN': '', 'zh-TW': '服務質檢', en: 'Service' };
  expect(scorecardDraftSchema.parse({ ...draft, name: english }).name).toMatchObject({
    'zh-CN': '服務質檢',
    en: 'Service',
  });
});
