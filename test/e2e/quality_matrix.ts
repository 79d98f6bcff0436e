import type { Ability } from '#lib/access/roles.ts';
import type { Filled } from './quality_filled.ts';

/** The pages of the QA workbench that need no id, each with what it needs. */
export const qualityPages: readonly [path: string, need: Ability][] = [
  ['/quality', 'quality'],
  ['/quality/results?from=2026-08-01&until=2026-10-31', 'quality'],
  ['/quality/results/export.csv?from=2026-08-01&until=2026-10-31', 'export'],
  ['/quality/samples', 'quality'],
  ['/quality/samples/new', 'manage_quality'],
  ['/quality/cards', 'quality'],
  ['/quality/queue', 'review'],
  ['/quality/reviewers', 'manage_quality'],
  ['/quality/appeals', 'quality'],
  ['/quality/calibrations', 'review'],
  ['/quality/agreement', 'review'],
  ['/quality/agreement?basis=calibration', 'review'],
  ['/quality/conflicts', 'manage_quality'],
  ['/quality/library', 'quality'],
  ['/quality/checks?from=2026-08-01&until=2026-10-31', 'quality'],
  ['/quality/checks?check=greeting', 'quality'],
];

/** The pages of samples that hold cases of every part. */
export function sharedPages({ samples }: Filled): [path: string, need: Ability][] {
  return samples.filter(({ part }) => part === null).map(({ id }) => [`/quality/samples/${id}`, 'quality']);
}

/** The pages about things of a part, for who may see that part, with what each needs. */
export function pagesOf({ samples, reviews, entries }: Filled, part: number): [path: string, need: Ability][] {
  return [
    ...samples
      .filter((one) => one.part === part)
      .map(({ id, kind }): [string, Ability] =>
        kind === 'calibration' ? [`/quality/calibrations/${id}`, 'review'] : [`/quality/samples/${id}`, 'quality'],
      ),
    ...samples
      .filter((one) => one.part === part && one.kind === 'calibration')
      .map(({ id }): [string, Ability] => [`/quality/samples/${id}`, 'review']),
    ...reviews
      .filter((one) => one.part === part)
      .map(({ id }): [string, Ability] => [`/quality/reviews/${id}`, 'quality']),
    ...entries
      .filter((one) => one.part === part)
      .flatMap(({ caseId }): [string, Ability][] => [
        [`/quality/coaching/new?case=${encodeURIComponent(caseId)}`, 'coach'],
        [`/quality/library/new?case=${encodeURIComponent(caseId)}`, 'manage_quality'],
      ]),
  ];
}

/** Values that no field expects: empty, nothing, too much, of the wrong kind, of nobody. */
export const garbage = [
  '',
  '0',
  '-1',
  '1e9',
  '99999999999',
  'NaN',
  '\ud800',
  '\0',
  '=1+1',
  'nobody',
  'x'.repeat(20_000),
];

/** Each action and the fields that change something of a part, with what it needs; `null` where it needs the agent. */
export function actionsOn(
  filled: Filled,
  part: number,
): [path: string, fields: Record<string, string>, need: Ability | null][] {
  const { card, samples, reviews, appeals, notes, entries, reviewers, recurring } = filled;
  const risk = samples.find((one) => one.part === part && one.kind === 'risk')?.id ?? 0;
  const calibration = samples.find((one) => one.part === part && one.kind === 'calibration')?.id ?? 0;
  const review = reviews.find((one) => one.part === part && one.kind === 'random' && one.state === 'submitted');
  const open = reviews.find((one) => one.part === part && one.state === 'assigned');
  const [appeal, note, entry] = [appeals, notes, entries].map((list) => list.find((one) => one.part === part));
  const caseId = entry?.caseId ?? '';
  const inCase = encodeURIComponent(caseId);
  return [
    [`/quality/samples?/stop`, { id: String(recurring) }, 'manage_quality'],
    [`/quality/samples/${risk}?/redraw`, {}, 'quality'],
    [`/quality/samples/${risk}?/replace`, { case: open?.caseId ?? caseId, reason: 'not a case' }, 'manage_quality'],
    [`/quality/reviews/${review?.id}?/appeal`, { criterion: 'promise_next_step', argument: 'it was said' }, 'appeal'],
    [
      `/quality/appeals?/answer`,
      { id: appeal && 'id' in appeal ? String(appeal.id) : '', text: 'it was not' },
      'review',
    ],
    [
      `/quality/appeals?/decide`,
      { id: appeal && 'id' in appeal ? String(appeal.id) : '', text: 'no', level: '' },
      'manage_quality',
    ],
    [
      `/quality/appeals?/decide`,
      { id: appeal && 'id' in appeal ? String(appeal.id) : '', text: 'no', level: '5' },
      'manage_quality',
    ],
    [`/quality/calibrations/${calibration}?/open`, {}, 'manage_quality'],
    [`/quality/calibrations/${calibration}?/discuss`, { text: 'agreed' }, 'manage_quality'],
    [`/quality/coaching?/acknowledge`, { id: note && 'id' in note ? String(note.id) : '', reply: 'yes' }, null],
    [`/quality/coaching/new?case=${inCase}&review=${review?.id}`, { text: 'greet first' }, 'coach'],
    [`/quality/library?/remove`, { case: caseId }, 'manage_quality'],
    [`/quality/library/new?case=${inCase}`, { title: 'a', lesson: 'b', example: 'good', tags: '' }, 'manage_quality'],
    [`/quality/cards?/revise`, { card: 'nobody', version: '1' }, 'manage_quality'],
    [`/quality/cards?/publish`, { card, version: '7' }, 'manage_quality'],
    [`/quality/cards?/archive`, { card, version: '7' }, 'manage_quality'],
    [`/quality/cards/${card}`, { card: '{}', basedOn: '2026-10-01T00:00:00.000Z' }, 'manage_quality'],
    [`/quality/conflicts?/set`, { reviewer: reviewers[0] ?? '', vendor: 'nobody', agent: '' }, 'manage_quality'],
    [`/quality/conflicts?/lift`, { reviewer: 'nobody', vendor: 'nobody', agent: '' }, 'manage_quality'],
    [
      `/quality/samples/new`,
      {
        name: 'n',
        kind: 'random',
        card: `${card}@1`,
        from: '2026-09-01',
        until: '2026-09-30',
        brands: 'nobody',
        allocation: 'simple',
        cases: '3',
        margin: '',
        phrases: '',
        highValue: '0',
        doublePercent: '0',
        reviewers: reviewers[0] ?? '',
        limit: '9',
        dueDays: '7',
        seed: '',
        every: '',
        expert: '',
      },
      'manage_quality',
    ],
  ];
}
