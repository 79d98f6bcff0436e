import type { runsPage as Source } from '../zh-CN/runs_page.ts';

export const runsPage: typeof Source = {
  title: 'Runs',
};
