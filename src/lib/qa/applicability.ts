import type { Condition, Criterion } from './scorecard.ts';

/** What conditions of criteria ask of a case; null where the case does not say. */
export type CaseFacts = Readonly<Record<keyof Condition, string | null>>;

const fields = [
  'request_type',
  'channel',
  'severity',
  'brand',
  'platform',
] as const satisfies readonly (keyof Condition)[];

/** Tells whether a criterion applies to a case. A case that does not say what a condition asks for does not meet it. */
export function applies(criterion: Criterion, facts: CaseFacts): boolean {
  const condition = criterion.appliesWhen ?? {};
  return fields.every((field) => {
    const listed: readonly string[] | undefined = condition[field];
    const fact = facts[field];
    return listed === undefined || (fact !== null && listed.includes(fact));
  });
}
