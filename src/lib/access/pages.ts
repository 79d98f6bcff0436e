import type { Ability } from './roles.ts';

/** What a route asks for: nobody's leave, somebody signed in, or an ability. */
export type Need = 'nothing' | 'sign_in' | Ability;

/** Each route by the start of its id, the longest that fits; a route that is not here is closed to everybody. */
export const routeNeeds: Readonly<Record<string, Need>> = {
  '/': 'kpis',
  '/metrics': 'kpis',
  '/explore': 'kpis',
  '/cases': 'cases',
  '/cases/export.csv': 'export',
  '/cases/export.xlsx': 'export',
  '/refunds': 'refunds',
  '/quality': 'quality',
  '/quality/queue': 'review',
  '/quality/cards/[id]': 'manage_quality',
  '/quality/samples/new': 'manage_quality',
  '/quality/results/export.csv': 'export',
  '/quality/reviewers': 'manage_quality',
  '/quality/calibrations': 'review',
  '/quality/agreement': 'review',
  '/quality/conflicts': 'manage_quality',
  '/quality/coaching/new': 'coach',
  '/quality/library/new': 'manage_quality',
  '/runs': 'runs',
  '/accounts': 'accounts',
  '/audit': 'audit',
  '/account': 'sign_in',
  '/forbidden': 'sign_in',
  '/sign-in': 'nothing',
  '/sign-out': 'sign_in',
  '/invitation': 'nothing',
  '/reset': 'nothing',
  '/healthz': 'nothing',
};

/** What the route of an id such as `/cases/[...id]` asks for; null where nothing is said of it. */
export function needOf(routeId: string): Need | null {
  const parts = routeId.split('/').filter((part) => part !== '' && !part.startsWith('('));
  for (let length = parts.length; length >= 0; length--) {
    const found = routeNeeds[`/${parts.slice(0, length).join('/')}`];
    if (found !== undefined && (length > 0 || parts.length === 0)) return found;
  }
  return null;
}
