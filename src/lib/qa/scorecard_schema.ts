import { z } from 'zod';
import { channels, platforms, requestTypes, severities } from '#lib/metrics/case_fields.ts';

/** Makes an object schema that refuses unknown keys and says which are known. */
function objectSchema<S extends z.ZodRawShape>(shape: S) {
  const keys = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? keys : `an object with the keys ${keys}`),
  });
}

const listAllowed = (what: string, least: number, most?: number) => {
  const length = most === undefined ? `at least ${least}` : `${least} to ${most}`;
  return `a list of ${length} ${what}`;
};

function listSchema<S extends z.ZodType>(item: S, what: string, least: number, most?: number) {
  const allowed = listAllowed(what, least, most);
  const list = z.array(item, allowed).min(least, allowed);
  return most === undefined ? list : list.max(most, allowed);
}

const idAllowed = 'an id of small letters, digits and _, such as solution_fit';
const idSchema = z.string(idAllowed).regex(/^[a-z][a-z0-9_]{0,59}$/, idAllowed);

const textAllowed = 'a text that is not empty';
const textSchema = z.string(textAllowed).regex(/\S/, textAllowed);

const localizedSchema = objectSchema({ 'zh-CN': textSchema, 'zh-TW': textSchema, en: textSchema });

const namedSchema = objectSchema({ id: idSchema, name: localizedSchema });

const pointsAllowed = 'a number above 0, at most 100';
const pointsSchema = z.number(pointsAllowed).positive(pointsAllowed).max(100, pointsAllowed);

/** One reason to deduct: each occurrence costs `points`, all of them together at most `cap`, of the 100 a criterion starts with. */
export const deductionSchema = objectSchema({
  id: idSchema,
  name: localizedSchema,
  points: pointsSchema,
  cap: pointsSchema,
});

/** How a criterion is rated. Levels go from the worst (1) to the best; what each looks like is part of the card. */
export const scaleSchema = z.discriminatedUnion(
  'kind',
  [
    objectSchema({ kind: z.literal('pass_fail') }),
    objectSchema({ kind: z.literal('points'), levels: listSchema(localizedSchema, 'levels', 3, 5) }),
    objectSchema({ kind: z.literal('deduct'), deductions: listSchema(deductionSchema, 'deductions', 1) }),
  ],
  'a scale whose kind is pass_fail, points or deduct',
);

function choices<const T extends readonly string[]>(values: T) {
  return listSchema(z.enum(values, values.join(', ')), 'values', 1).optional();
}

/** When a criterion applies: the case has one of the values listed, in every field listed. Brands are known to the caller only. */
export const conditionSchema = objectSchema({
  request_type: choices(requestTypes),
  channel: choices(channels),
  severity: choices(severities),
  brand: listSchema(textSchema, 'brands', 1).optional(),
  platform: choices(platforms),
});

const weightAllowed = 'a number above 0, or 0 for a criterion that zeroes the review';

export const criterionSchema = objectSchema({
  id: idSchema,
  name: localizedSchema,
  /** What to look at and how to decide, for the reviewer. */
  guidance: localizedSchema,
  weight: z.number(weightAllowed).nonnegative(weightAllowed),
  scale: scaleSchema,
  allowsNotApplicable: z.boolean('true or false'),
  /** What a failure zeroes: the whole review, its section, or nothing besides its own weight. */
  critical: z.enum(['review', 'section'], 'review, section or null').nullable(),
  rootCauses: listSchema(namedSchema, 'root causes', 0),
  appliesWhen: conditionSchema.optional(),
});

export const sectionSchema = objectSchema({
  id: idSchema,
  name: localizedSchema,
  criteria: listSchema(criterionSchema, 'criteria', 1),
});

const versionAllowed = 'a whole number from 1';
const states = ['draft', 'published', 'archived'] as const;

/** The form of a scorecard; `readScorecard` checks what goes beyond form too. */
export const scorecardSchema = objectSchema({
  id: idSchema,
  version: z.int(versionAllowed).min(1, versionAllowed),
  state: z.enum(states, states.join(', ')),
  name: localizedSchema,
  sections: listSchema(sectionSchema, 'sections', 1),
});
