import type { MetricId } from './registry.ts';
import { metricOf } from './registry.ts';
import type { Judged, Uncounted } from './verdict.ts';

/** Why a KPI counts nothing of a case, the first reason that holds (METRICS §3, column "counts"). */
export function whyUncounted(metric: MetricId, { case: one, refunds }: Judged): Uncounted {
  if (one.isFlagged) return one.isSpam ? 'spam' : 'merged';
  switch (metricOf(metric).appliesTo) {
    case 'customer_started_tickets':
      return one.isTicket ? 'agentStarted' : 'noTicket';
    case 'completed_cases_not_c':
      return one.firstCompletedAt === null ? 'notCompleted' : 'complex';
    case 'completed_tickets':
      return one.isTicket ? 'notCompleted' : 'noTicket';
    case 'completed_cases':
    case 'all_cases':
      return 'notCompleted';
    case 'completed_cases_with_both_reasons':
      if (one.firstCompletedAt === null) return 'notCompleted';
      return one.reasonAgent === null ? 'noAgentReason' : 'noBuyerReason';
    case 'rated_cases':
      return 'notRated';
    case 'rounds_asked_in_daytime':
      return one.isTicket ? 'noRounds' : 'noTicket';
    case 'refunds':
      return 'noRefund';
    case 'paid_refunds':
      return refunds.length === 0 ? 'noRefund' : 'notPaid';
    case 'received_refunds': {
      if (refunds.length === 0) return 'noRefund';
      const ofGoods = refunds.filter(isOfGoods);
      if (ofGoods.length === 0) return 'notOfGoods';
      return ofGoods.some(({ receivedAt }) => receivedAt !== null) ? 'rejected' : 'notReceived';
    }
    case 'paid_refunds_of_goods':
      if (refunds.length === 0) return 'noRefund';
      return refunds.some(isOfGoods) ? 'notPaid' : 'notOfGoods';
  }
}

function isOfGoods({ requestType }: Judged['refunds'][number]): boolean {
  return requestType === 'return_refund' || requestType === 'refund_only_shipped';
}
