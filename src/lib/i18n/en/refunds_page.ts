import type { refundsPage as Source } from '../zh-CN/refunds_page.ts';

export const refundsPage: typeof Source = {
  title: 'Refunds',
};
