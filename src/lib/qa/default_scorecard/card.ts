import type { Scorecard } from '../scorecard.ts';
import { communication } from './communication.ts';
import { followThrough } from './follow_through.ts';
import { intake } from './intake.ts';
import { localized } from './localized.ts';
import { redLines } from './red_lines.ts';
import { solution } from './solution.ts';

/** The scorecard a project starts with, made from what good service sounds like (DOMAIN 001) and where it fails (003). */
export const defaultScorecard: Scorecard = {
  id: 'after_sales_service',
  version: 1,
  state: 'published',
  name: localized('售后服务质检评分表', '售後服務質檢評分表', 'After-sales service'),
  sections: [intake, communication, solution, followThrough, redLines],
};
