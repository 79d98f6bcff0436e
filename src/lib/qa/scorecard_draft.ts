import { z } from 'zod';
import type { Scorecard } from './scorecard.ts';
import { isStorable } from './storable.ts';

const text = z.string().max(2000).refine(isStorable);
const localized = z.object({ 'zh-CN': text, 'zh-TW': text, en: text }).transform((written) => {
  const first = [written['zh-CN'], written['zh-TW'], written.en].find((one) => one.trim() !== '') ?? '';
  const filled = (one: string): string => (one.trim() === '' ? first : one);
  return { 'zh-CN': filled(written['zh-CN']), 'zh-TW': filled(written['zh-TW']), en: filled(written.en) };
});
const id = z.string().max(60).refine(isStorable);
const named = z.object({ id, name: localized });
const figure = z.number().nullable();

const scale = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pass_fail') }),
  z.object({ kind: z.literal('points'), levels: z.array(localized).max(9) }),
  z.object({ kind: z.literal('deduct'), deductions: z.array(named.extend({ points: figure, cap: figure })).max(9) }),
]);

const conditions = z.object({
  request_type: z.array(id).optional(),
  channel: z.array(id).optional(),
  severity: z.array(id).optional(),
  brand: z.array(id).optional(),
  platform: z.array(id).optional(),
});

const criterion = named.extend({
  guidance: localized,
  weight: figure,
  scale,
  allowsNotApplicable: z.boolean(),
  critical: z.enum(['review', 'section']).nullable(),
  rootCauses: z.array(named).max(20),
  appliesWhen: conditions.optional(),
});

const section = named.extend({ criteria: z.array(criterion).max(50) });

/**
 * The form of a card that is being written: texts may be empty and figures missing; a text not written in some language is taken from
 * another. `readScorecard` says whether it can be published.
 */
export const scorecardDraftSchema = named.extend({ sections: z.array(section).max(20) });

export type ScorecardDraft = z.output<typeof scorecardDraftSchema>;
export type SectionDraft = z.output<typeof section>;
export type CriterionDraft = z.output<typeof criterion>;
export type ScaleDraft = z.output<typeof scale>;
export type DraftText = z.output<typeof localized>;

/** Turns a card into a draft of its own, with another id where one is given. */
export function draftOf(card: Scorecard, draftId: string = card.id): ScorecardDraft {
  return scorecardDraftSchema.parse({ ...card, id: draftId });
}

/** A text that nobody has written yet. */
export function emptyText(): DraftText {
  return { 'zh-CN': '', 'zh-TW': '', en: '' };
}

/** The first id with a prefix that none of a list has. */
export function freeId(prefix: string, taken: readonly { readonly id: string }[]): string {
  const ids = new Set(taken.map((one) => one.id));
  let number = 1;
  while (ids.has(`${prefix}_${number}`)) number += 1;
  return `${prefix}_${number}`;
}

/** A scale of a kind, to be filled in. */
export function emptyScale(kind: ScaleDraft['kind']): ScaleDraft {
  if (kind === 'pass_fail') return { kind };
  if (kind === 'points') return { kind, levels: [emptyText(), emptyText(), emptyText()] };
  return { kind, deductions: [{ id: 'deduction_1', name: emptyText(), points: 10, cap: 10 }] };
}

/** A criterion to be filled in. */
export function emptyCriterion(draft: ScorecardDraft): CriterionDraft {
  return {
    id: freeId(
      'criterion',
      draft.sections.flatMap(({ criteria }) => criteria),
    ),
    name: emptyText(),
    guidance: emptyText(),
    weight: 10,
    scale: emptyScale('points'),
    allowsNotApplicable: false,
    critical: null,
    rootCauses: [],
  };
}

/** A section to be filled in, with one criterion. */
export function emptySection(draft: ScorecardDraft): SectionDraft {
  return { id: freeId('section', draft.sections), name: emptyText(), criteria: [emptyCriterion(draft)] };
}
