/** Something of the QA workbench that cannot be done as asked, as things stand. */
export class QualityError extends Error {
  override readonly name = 'QualityError';
  readonly kind: QualityErrorKind;

  constructor(kind: QualityErrorKind) {
    super(kind.replaceAll('_', ' '));
    this.kind = kind;
  }
}

/**
 * `missing`: there is none, or not in this scope. `outdated`: somebody saved meanwhile. `submitted`: it is final already.
 * `no_case`: none is left to draw. `changed`: the population is no longer the one drawn from.
 * `not_open`: an appeal that is decided, a window that is over. `not_draft`: a card that is published does not change.
 * `not_published`: a draft or archived card, by which nothing is drawn.
 * `too_early`: a calibration that somebody still scores. `conflict`: a case of a reviewer's own team. `no_agent`: a case nobody answered for.
 */
export type QualityErrorKind =
  | 'missing'
  | 'outdated'
  | 'submitted'
  | 'not_open'
  | 'not_draft'
  | 'not_published'
  | 'no_reason'
  | 'taken'
  | 'incomplete'
  | 'no_reviewer'
  | 'no_case'
  | 'changed'
  | 'too_early'
  | 'conflict'
  | 'no_agent';
