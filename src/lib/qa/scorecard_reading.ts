import { criteriaOf, type Criterion, type Scorecard } from './scorecard.ts';
import { scorecardSchema } from './scorecard_schema.ts';

/** One thing wrong with a card: where (such as `sections[0].criteria[2].weight`), what was found, what is allowed there. */
export interface ScorecardProblem {
  readonly path: string;
  readonly found: string;
  readonly allowed: string;
}

export type ScorecardReading =
  | { readonly card: Scorecard; readonly problems: readonly [] }
  | { readonly card: null; readonly problems: readonly ScorecardProblem[] };

type Step = string | number;
type Report = (path: readonly Step[], allowed: string, found: unknown) => void;

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? String(step) : `${text}.${String(step)}`;
  }, '');
}

function foundText(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    input,
  );
}

function formProblems(input: unknown): { card: Scorecard | null; problems: ScorecardProblem[] } {
  const read = scorecardSchema.safeParse(input);
  if (read.success) return { card: read.data, problems: [] };
  const problems = read.error.issues.flatMap((issue) => {
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({
      path: pathText(path),
      found: foundText(valueAt(input, path)),
      allowed: issue.message,
    }));
  });
  return { card: null, problems };
}

function expectDistinct(
  report: Report,
  base: readonly Step[],
  items: readonly { id: string }[],
  seen: Map<string, string>,
) {
  items.forEach(({ id }, index) => {
    const path = [...base, index, 'id'];
    const earlier = seen.get(id);
    if (earlier === undefined) seen.set(id, pathText(path));
    else report(path, `an id other than that of ${earlier}`, id);
  });
}

function checkCriterion(report: Report, path: readonly Step[], criterion: Criterion, brands: readonly string[] | null) {
  if (criterion.weight === 0 && criterion.critical !== 'review')
    report([...path, 'weight'], 'a number above 0, or 0 for a criterion that zeroes the review', 0);
  expectDistinct(report, [...path, 'rootCauses'], criterion.rootCauses, new Map());
  if (criterion.scale.kind === 'deduct') {
    const { deductions } = criterion.scale;
    expectDistinct(report, [...path, 'scale', 'deductions'], deductions, new Map());
    deductions.forEach(({ points, cap }, index) => {
      if (cap < points) report([...path, 'scale', 'deductions', index, 'cap'], `at least its points, ${points}`, cap);
    });
  }
  criterion.appliesWhen?.brand?.forEach((brand, index) => {
    if (brands !== null && !brands.includes(brand))
      report([...path, 'appliesWhen', 'brand', index], brands.join(', ') || 'nothing, no brand is declared', brand);
  });
}

function meaningProblems(card: Scorecard, brands: readonly string[] | null): ScorecardProblem[] {
  const problems: ScorecardProblem[] = [];
  const report: Report = (path, allowed, found) =>
    problems.push({ path: pathText(path), found: foundText(found), allowed });
  expectDistinct(report, ['sections'], card.sections, new Map());
  const criterionIds = new Map<string, string>();
  card.sections.forEach((section, index) => {
    const path = ['sections', index, 'criteria'];
    expectDistinct(report, path, section.criteria, criterionIds);
    section.criteria.forEach((criterion, position) => checkCriterion(report, [...path, position], criterion, brands));
  });
  if (criteriaOf(card).every(({ weight }) => weight === 0))
    report(['sections'], 'at least one criterion with a weight above 0', 'none');
  return problems;
}

/** Reads a scorecard from data of any origin: the card, or everything that is wrong with it. `brands` are the ids that conditions may name, null for any. */
export function readScorecard(input: unknown, brands: readonly string[] | null): ScorecardReading {
  const form = formProblems(input);
  if (form.card === null) return { card: null, problems: form.problems };
  const problems = meaningProblems(form.card, brands);
  return problems.length === 0 ? { card: form.card, problems: [] } : { card: null, problems };
}
