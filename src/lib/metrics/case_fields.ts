/** Where a case came in; the values of METRICS §1, as are those below. */
export const platforms = [
  'taobao',
  'tmall',
  'jd',
  'pdd',
  'douyin',
  'kuaishou',
  'xiaohongshu',
  'wechat',
  'shopify',
  'own',
  'other',
] as const;
export type Platform = (typeof platforms)[number];

export const channels = ['chat', 'phone', 'email', 'social', 'form', 'platform'] as const;

export const requestTypes = [
  'refund_only_unshipped',
  'refund_only_shipped',
  'return_refund',
  'exchange',
  'reship',
  'repair',
  'complaint',
  'enquiry',
] as const;

/** A simple, B medium, C complex. */
export const severities = ['A', 'B', 'C'] as const;

/** 1 urgent, 2 normal, 3 enquiry. */
export const priorities = ['1', '2', '3'] as const;
