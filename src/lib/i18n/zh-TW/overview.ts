import type { overview as Source } from '../zh-CN/overview.ts';

export const overview: typeof Source = {
  title: '總覽',
};
