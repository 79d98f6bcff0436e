import type { RefundList } from '#lib/server/refund_lists.ts';

/** Which columns the table of a list has, besides case, type, vendor and product. */
export interface ListColumns {
  /** What its instant is, and what the time since or until then; null where there is none. */
  since: 'deadlineAt' | 'seenAt' | 'paidAt' | 'calledAt' | null;
  duration: 'left' | 'still' | 'sincePaid' | 'sinceCalled' | null;
  amount: 'amount' | 'paid';
  hasMark: boolean;
  hasParcel: boolean;
  hasGoods: boolean;
}

const parcel = { amount: 'amount', hasMark: true, hasParcel: true, hasGoods: false } as const;
const paid = {
  since: 'paidAt',
  duration: 'sincePaid',
  amount: 'paid',
  hasMark: false,
  hasParcel: true,
  hasGoods: true,
} as const;

export const listColumns: Readonly<Record<RefundList, ListColumns>> = {
  deadlines: {
    since: 'deadlineAt',
    duration: 'left',
    amount: 'amount',
    hasMark: false,
    hasParcel: false,
    hasGoods: true,
  },
  stalled: { ...parcel, since: 'seenAt', duration: 'still' },
  unseen: { ...parcel, since: null, duration: null },
  at_risk: paid,
  lost: paid,
  intercepts: { ...parcel, since: 'calledAt', duration: 'sinceCalled', hasGoods: true },
};
