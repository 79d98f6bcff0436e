import fc from 'fast-check';
import { type Answer, type Answers, levelsOf } from '#lib/qa/answers.ts';
import type { CaseFacts } from '#lib/qa/applicability.ts';
import type { Criterion, Deduction, Scale, Scorecard } from '#lib/qa/scorecard.ts';

const text = (word: string) => ({ 'zh-CN': word, 'zh-TW': word, en: word });

export const anyCase: CaseFacts = {
  request_type: 'return_refund',
  channel: 'chat',
  severity: 'A',
  brand: 'northpeak',
  platform: 'tmall',
};

export const fivePoints: Scale = { kind: 'points', levels: ['1', '2', '3', '4', '5'].map(text) };
export const passFail: Scale = { kind: 'pass_fail' };
export const small: Deduction = { id: 'small', name: text('small'), points: 10, cap: 20 };
export const large: Deduction = { id: 'large', name: text('large'), points: 60, cap: 90 };
export const deduct: Scale = { kind: 'deduct', deductions: [small, large] };

/** Makes a criterion; five points, weight 1, nothing special unless said. */
export function criterion(id: string, given: Partial<Criterion> = {}): Criterion {
  return {
    id,
    name: text(id),
    guidance: text(id),
    weight: 1,
    scale: fivePoints,
    allowsNotApplicable: true,
    critical: null,
    rootCauses: [
      { id: 'cause_a', name: text('a') },
      { id: 'cause_b', name: text('b') },
    ],
    ...given,
  };
}

/** Makes a card with one section for each list of criteria: section_1, section_2, … */
export function card(...sections: Criterion[][]): Scorecard {
  return {
    id: 'card',
    version: 1,
    state: 'draft',
    name: text('card'),
    sections: sections.map((criteria, index) => ({
      id: `section_${index + 1}`,
      name: text(`section ${index + 1}`),
      criteria,
    })),
  };
}

export const level = (chosen: number, ...rootCauses: string[]): Answer => ({
  kind: 'level',
  level: chosen,
  rootCauses,
});
export const notApplicable: Answer = { kind: 'not_applicable' };

const scales: readonly Scale[] = [
  passFail,
  { kind: 'points', levels: ['1', '2', '3'].map(text) },
  { kind: 'points', levels: ['1', '2', '3', '4'].map(text) },
  fivePoints,
  deduct,
];

function criterionOf(id: string, critical: readonly Criterion['critical'][]): fc.Arbitrary<Criterion> {
  return fc
    .record({
      weight: fc.integer({ min: 1, max: 40 }),
      scale: fc.constantFrom(...scales),
      critical: fc.constantFrom(...critical),
    })
    .map((given) => criterion(id, given));
}

/** Draws an answer that fits a scale; `least` is the least value of levels. */
export function answerOf(scale: Scale, least = 0): fc.Arbitrary<Answer> {
  if (scale.kind === 'deduct')
    return fc
      .record(Object.fromEntries(scale.deductions.map(({ id }) => [id, fc.integer({ min: 0, max: 3 })])))
      .map((counts) => ({ kind: 'deductions' as const, counts, rootCauses: [] }));
  const levels = levelsOf(scale) ?? 1;
  return fc.integer({ min: 1 + Math.ceil(least * (levels - 1)), max: levels }).map((chosen) => level(chosen));
}

/** Draws a card of two sections with answers to all of it, some not applicable. */
export function answeredCard(
  critical: readonly Criterion['critical'][] = [null],
): fc.Arbitrary<{ card: Scorecard; answers: Answers }> {
  const section = (name: string) =>
    fc
      .integer({ min: 1, max: 4 })
      .chain((count) =>
        fc.tuple(...Array.from({ length: count }, (_, index) => criterionOf(`${name}_${index + 1}`, critical))),
      );
  return fc.tuple(section('a'), section('b')).chain(([a, b]) => {
    const drawn = [...a, ...b].map((one) =>
      fc.oneof({ weight: 5, arbitrary: answerOf(one.scale) }, { weight: 1, arbitrary: fc.constant(notApplicable) }),
    );
    return fc.tuple(...drawn).map((answers) => ({
      card: card(a, b),
      answers: Object.fromEntries([...a, ...b].map(({ id }, index) => [id, answers[index] ?? notApplicable])),
    }));
  });
}
