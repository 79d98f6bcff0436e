import type { metricPage as Source } from '../zh-CN/metric_page.ts';

export const metricPage: typeof Source = {
  title: 'KPI',
};
