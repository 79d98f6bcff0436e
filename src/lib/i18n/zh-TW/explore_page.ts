import type { explorePage as Source } from '../zh-CN/explore_page.ts';

export const explorePage: typeof Source = {
  title: '探索',
};
