import type { CaseKpi, Judged, JudgedCase, JudgedRefund, Sentence } from './verdict.ts';

/** The sentence of a KPI row and the instants it rests on. */
export interface Judgement {
  sentence: Sentence;
  item?: string;
  from?: string | null;
  to?: string | null;
  /** Only where the row's own value is something else. */
  calendarSeconds?: number | null;
  businessSeconds?: number | null;
  words?: Record<string, string | number>;
}

/** Says what a KPI row means for its case, round or refund. */
export function judge(row: CaseKpi, judged: Judged): Judgement {
  const one = judged.case;
  const refund = judged.refunds.find(({ key }) => key === row.itemKey);
  switch (row.metric) {
    case 'first_response':
    case 'human_pickup_5m':
      return inWindow(row, one.startAt, one.firstResponseAt);
    case 'first_touch_30s':
      return inWindow(row, one.startAt, one.firstTouchAt);
    case 'resolution_24h':
      return inWindow(row, one.startAt, one.solutionAt);
    case 'unanswered_24h':
      return answered(row, judged);
    case 'dispute_rate':
      return {
        sentence: row.numerator === 1 ? 'disputed' : one.platformAt.length > 0 ? 'withdrawn' : 'noDispute',
        from: one.platformAt[0] ?? null,
      };
    case 'seller_liable_rate':
      return {
        sentence: row.numerator === 1 ? 'liable' : one.platformAt.length > 0 ? 'notLiable' : 'noDispute',
        from: one.platformAt[0] ?? null,
      };
    case 'transfer_rate':
      return transfers(row, one);
    case 'autonomous_completion':
      return completion(row, one);
    case 'reopen_rate':
      return reopening(row, one);
    case 'reason_tagged':
      return {
        sentence: row.numerator === 1 ? 'tagged' : one.reasonAgentText === null ? 'untagged' : 'unknownTag',
        words: { agent: one.reasonAgent ?? one.reasonAgentText ?? '' },
        to: one.firstCompletedAt,
      };
    case 'reason_agreement':
      return {
        sentence: row.numerator === 1 ? 'agree' : 'disagree',
        words: { agent: one.reasonAgent ?? '', buyer: one.reasonBuyer ?? '' },
        to: one.firstCompletedAt,
      };
    case 'csat':
      return { sentence: 'rated', words: { score: row.value ?? '' }, to: one.csatAt };
    case 'reply_3m':
      return round(row, judged);
    case 'refund_dispute_rate':
      return ofRefund(refund, {
        sentence: row.numerator === 1 ? 'disputed' : refund?.platformIntervenedAt ? 'withdrawn' : 'noDispute',
        from: refund?.platformIntervenedAt ?? null,
      });
    case 'refund_time':
      return ofRefund(refund, {
        sentence: row.value === null ? 'impossibleOrder' : 'paidIn',
        from: refund?.appliedAt ?? null,
        to: refund?.refundedAt ?? null,
      });
    case 'refund_after_receipt_24h':
      return ofRefund(refund, afterReceipt(row, refund));
    case 'refunded_without_goods':
      return ofRefund(refund, goods(row, refund));
  }
}

function inWindow(row: CaseKpi, from: string | null, to: string | null): Judgement {
  const sentences = { met: 'within', late: 'late', breached: 'breached', counted: 'within' } as const;
  const sentence = row.state === 'pending' ? (to === null ? 'pendingOpen' : 'pendingDone') : sentences[row.state];
  return { sentence, from, to };
}

/** This KPI has no value of its own: the first response says how long it took. */
function answered(row: CaseKpi, { case: one, kpis }: Judged): Judgement {
  const { sentence: inGeneral, ...rest } = inWindow(row, one.startAt, one.firstResponseAt);
  const response = kpis.find(({ metric }) => metric === 'first_response');
  const sentences = { within: 'answered', late: 'answeredLate', breached: 'neverAnswered' } as const;
  const sentence =
    inGeneral === 'within' || inGeneral === 'late' || inGeneral === 'breached' ? sentences[inGeneral] : inGeneral;
  return {
    ...rest,
    sentence,
    calendarSeconds: response?.value ?? null,
    businessSeconds: response?.valueBusiness ?? null,
  };
}

function transfers(row: CaseKpi, { transfers: count, agents }: JudgedCase): Judgement {
  const sentence = row.numerator === 0 ? 'keptByOne' : count > 0 ? 'transferred' : 'severalAgents';
  return { sentence, words: { transfers: count, agents } };
}

function completion(row: CaseKpi, one: JudgedCase): Judgement {
  const from = one.firstCompletedAt;
  if (row.state === 'pending') return { sentence: 'windowOpen', from };
  if (row.state === 'met' || from === null || one.firstBreakAt === null) return { sentence: 'autonomous', from };
  const at = one.firstBreakAt;
  const what = at === one.firstReopenedAt ? 'reopened' : one.escalatedAt.includes(at) ? 'escalated' : 'intervened';
  return { sentence: at <= from ? 'brokenBefore' : 'broken', from, to: at, words: { what }, ...elapsed(from, at) };
}

function reopening(row: CaseKpi, { firstCompletedAt: from, firstReopenedAt, reopens }: JudgedCase): Judgement {
  if (row.state === 'pending') return { sentence: 'windowOpen', from };
  if (row.state === 'met' || from === null || firstReopenedAt === null) return { sentence: 'notReopened', from };
  return { sentence: 'reopened', from, to: firstReopenedAt, words: { reopens }, ...elapsed(from, firstReopenedAt) };
}

function elapsed(from: string, to: string): Pick<Judgement, 'calendarSeconds'> {
  return { calendarSeconds: Math.abs(Date.parse(to) - Date.parse(from)) / 1000 };
}

/** The row's value stops at 600 s; the round knows better. */
function round(row: CaseKpi, { rounds }: Judged): Judgement {
  const found = rounds.find(({ number }) => number === row.itemKey);
  const { calendarSeconds = null, businessSeconds = null } = found ?? {};
  return {
    ...inWindow(row, found?.askedAt ?? null, found?.answeredAt ?? null),
    item: String(row.itemKey),
    calendarSeconds,
    businessSeconds,
  };
}

function ofRefund(refund: JudgedRefund | undefined, judgement: Judgement): Judgement {
  return { ...judgement, ...(refund && { item: refund.id }) };
}

function afterReceipt(row: CaseKpi, refund: JudgedRefund | undefined): Judgement {
  const { receivedAt = null, refundedAt = null } = refund ?? {};
  if (row.state === 'met' && refundedAt !== null && receivedAt !== null && refundedAt < receivedAt)
    return { sentence: 'paidBeforeReceipt', from: receivedAt, to: refundedAt };
  return inWindow(row, receivedAt, refundedAt);
}

function goods(row: CaseKpi, refund: JudgedRefund | undefined): Judgement {
  const { refundedAt: from = null, receivedAt: to = null, goodsStatus = null } = refund ?? {};
  if (row.state === 'pending') return { sentence: 'goodsPending', from, to };
  if (row.numerator === 1)
    return {
      sentence: 'goodsGone',
      from,
      to,
      words: { lostMinor: row.value ?? '', currency: refund?.currency ?? 'CNY' },
    };
  return to === null
    ? { sentence: 'goodsAccounted', from, words: { goods: goodsStatus ?? '' } }
    : { sentence: 'goodsBack', from, to };
}
