import type { casePage as Source } from '../zh-CN/case_page.ts';

export const casePage: typeof Source = {
  title: 'Case',
};
