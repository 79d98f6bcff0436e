import type { casesPage as Source } from '../zh-CN/cases_page.ts';

export const casesPage: typeof Source = {
  title: '售後單',
};
