import { fail, type Answers } from './answers.ts';

/** Why a phrase is forbidden. */
export const forbiddenKinds = ['insult', 'blame', 'false_rule', 'evasion', 'off_platform'] as const;
export type ForbiddenKind = (typeof forbiddenKinds)[number];

/** The automatic checks, each a view of queries/conduct. */
export const conductChecks = [
  'greeting',
  'intake',
  'forbidden',
  'personal_data',
  'promise',
  'return_address',
  'closing',
  'repeated',
] as const;
export type ConductCheck = (typeof conductChecks)[number];

/** A criterion of the default card that a check speaks to; of one with deductions only those named. */
export interface SpokenCriterion {
  readonly criterionId: string;
  readonly deductions: readonly string[];
}

/** Which criteria a person's view of the same thing is read from. */
export const criteriaOfCheck: Readonly<Record<ConductCheck, readonly SpokenCriterion[]>> = {
  greeting: [{ criterionId: 'timeliness', deductions: ['late_reply'] }],
  intake: [{ criterionId: 'intake_complete', deductions: ['order_number', 'evidence', 'wanted_outcome'] }],
  forbidden: [
    { criterionId: 'insult_blame', deductions: [] },
    { criterionId: 'false_rule', deductions: [] },
  ],
  personal_data: [{ criterionId: 'data_exposed', deductions: [] }],
  promise: [
    { criterionId: 'timeliness', deductions: ['appointment_missed'] },
    { criterionId: 'money_promise_broken', deductions: [] },
  ],
  return_address: [{ criterionId: 'promise_next_step', deductions: [] }],
  closing: [{ criterionId: 'closure_record', deductions: [] }],
  repeated: [{ criterionId: 'empathy_tone', deductions: [] }],
};

/**
 * Returns what a person's answers say of the thing a check looks at: false where one of its criteria got a named deduction or its lowest
 * level; null where none of them was answered.
 */
export function humanVerdict(check: ConductCheck, answers: Answers): boolean | null {
  const verdicts = criteriaOfCheck[check].flatMap(({ criterionId, deductions }) => {
    const answer = answers[criterionId];
    if (answer === undefined || answer.kind === 'not_applicable') return [];
    if (answer.kind === 'level') return [answer.level !== fail];
    return [deductions.every((id) => (answer.counts[id] ?? 0) === 0)];
  });
  return verdicts.length === 0 ? null : verdicts.every((passed) => passed);
}
