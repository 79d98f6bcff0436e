import type { ColumnType, Generated, JSONColumnType } from 'kysely';

type Instant = ColumnType<Date, Date | string, Date | string>;
type MaybeInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type MadeInstant = ColumnType<Date, Date | string | undefined, Date | string>;

/** Whose a case is, as it was when it was drawn. */
export interface OwnerColumns {
  brand_id: string;
  vendor_id: string | null;
  agent_id: string | null;
}

/** What JSON columns hold is read through the schemas of lib/qa. */
type Json = JSONColumnType<object>;

/** Tables of the QA workbench. */
export interface QualityTables {
  scorecards: {
    card_id: string;
    version: number;
    state: 'draft' | 'published' | 'archived';
    card: Json;
    changed_by: string | null;
    changed_at: MadeInstant;
    published_at: MaybeInstant;
  };
  recurring_samples: {
    id: Generated<number>;
    name: string;
    kind: 'random' | 'risk';
    every: 'week' | 'month';
    card_id: string;
    brands: string[] | null;
    vendors: string[] | null;
    plan: Json;
    size: Json;
    /** Ids of accounts. */
    reviewers: string[];
    reviewer_limit: number;
    due_days: number;
    /** The first day of the period to be drawn next, YYYY-MM-DD. */
    next_from: string;
    problem: 'no_account' | 'no_card' | 'no_reviewer' | 'design' | null;
    made_by: string;
    made_at: MadeInstant;
    stopped_at: MaybeInstant;
  };
  samples: {
    id: Generated<number>;
    name: string;
    kind: 'random' | 'risk' | 'calibration';
    card_id: string;
    card_version: number;
    /** The scope of whoever drew it: null stands for all. */
    brands: string[] | null;
    vendors: string[] | null;
    /** What was asked for: whose cases of when, how many and how chosen. */
    plan: Json;
    /** What came of it: each stratum with its cases and those drawn. */
    draw: Json;
    snapshot: string;
    population_hash: string;
    seed: string;
    due_at: Instant;
    recurring_id: number | null;
    made_by: string | null;
    made_at: MadeInstant;
  };
  /** A case that was replaced stays, with why; the one in its place names it. */
  sample_cases: OwnerColumns & {
    sample_id: number;
    case_id: string;
    /** Its place in the order of the draw, within its stratum. */
    place: number;
    stratum: string;
    /** The local day the case began, YYYY-MM-DD; null of a risk sample. */
    started_on: string | null;
    /** The rules that picked it, of a risk sample. */
    reasons: Generated<string[]>;
    replaces: string | null;
    replaced_for: string | null;
    replaced_by: string | null;
    replaced_at: MaybeInstant;
  };
  reviews: OwnerColumns & {
    id: Generated<number>;
    sample_id: number;
    case_id: string;
    part: 'first' | 'second' | 'reference';
    reviewer_id: string;
    state: 'assigned' | 'draft' | 'submitted';
    content: Json;
    /** What conditions of the card asked of the case when it became final. */
    facts: JSONColumnType<object | null, string | null | undefined, string | null>;
    /** Counts saves: who saves on top of another save is told. */
    revision: Generated<number>;
    score: number | null;
    is_critical: boolean | null;
    active_seconds: Generated<number>;
    started_at: MaybeInstant;
    saved_at: MaybeInstant;
    submitted_at: MaybeInstant;
    /** As it was submitted; what an appeal corrects is `content` and `score`. */
    first_content: ColumnType<object | null, string | undefined, string>;
    first_score: ColumnType<number | null, number | undefined, number>;
  };
  /** Calibrations whose results are open; nothing is scored in them any more. */
  calibration_results: {
    sample_id: number;
    opened_by: string;
    opened_at: MadeInstant;
    discussion: Generated<string>;
    discussed_by: ColumnType<string | null, undefined, string>;
    discussed_at: MaybeInstant;
  };
  /** Whose cases a reviewer is not given, because they are of one team: those of an agent, of the whole vendor where that is ''. */
  review_conflicts: {
    user_id: string;
    vendor_id: string;
    agent_id: string;
    set_by: string | null;
    set_at: MadeInstant;
  };
  review_changes: {
    id: Generated<number>;
    review_id: number;
    at: MadeInstant;
    actor_id: string | null;
    actor: string;
    kind: string;
    detail: Json;
  };
  appeals: {
    id: Generated<number>;
    review_id: number;
    criterion_id: string;
    argument: string;
    made_by: string;
    made_at: MadeInstant;
    answer_due_at: Instant;
    answer: string | null;
    answered_by: string | null;
    answered_at: MaybeInstant;
    decision: 'upheld' | 'rejected' | null;
    decision_text: string | null;
    decided_by: string | null;
    decided_at: MaybeInstant;
  };
  coaching_notes: OwnerColumns & {
    id: Generated<number>;
    case_id: string;
    review_id: number | null;
    content: Json;
    made_by: string;
    made_at: MadeInstant;
    due_at: Instant;
    acknowledged_by: string | null;
    acknowledged_at: MaybeInstant;
    reply: ColumnType<string | null, undefined, string | null>;
  };
  typical_cases: OwnerColumns & {
    case_id: string;
    title: string;
    lesson: string;
    example: 'good' | 'bad';
    tags: string[];
    quotes: JSONColumnType<object[]>;
    made_by: string;
    made_at: MadeInstant;
  };
}
