/** What an account may do; each page and endpoint asks for one of these. */
export const abilities = [
  'kpis',
  'cases',
  'refunds',
  'quality',
  'review',
  'manage_quality',
  'appeal',
  'coach',
  'export',
  'reveal',
  'runs',
  'accounts',
  'audit',
] as const;
export type Ability = (typeof abilities)[number];

/** Which rows an account is given one by one: all rows, those of brands, of brands and vendors, or of agents of a vendor. */
export type Reach = 'everything' | 'brands' | 'brands_and_vendors' | 'vendors' | 'agents';

interface RoleRow {
  /** The page that answers the question the role comes with (DESIGN §1). */
  readonly lands: string;
  readonly reach: Reach;
  readonly may: readonly Ability[];
}

/** Who may do what. Pages, endpoints, the accounts page and the tests of access are all made from this table. */
export const roleTable = {
  operator: {
    lands: '/runs',
    reach: 'everything',
    may: ['kpis', 'cases', 'refunds', 'quality', 'export', 'reveal', 'runs', 'accounts', 'audit'],
  },
  brand_manager: { lands: '/', reach: 'brands', may: ['kpis', 'cases', 'refunds', 'quality', 'export'] },
  merchandiser: { lands: '/explore', reach: 'brands', may: ['kpis', 'cases', 'refunds', 'export'] },
  qa_lead: {
    lands: '/quality',
    reach: 'brands_and_vendors',
    may: ['kpis', 'cases', 'refunds', 'quality', 'review', 'manage_quality', 'coach', 'export', 'reveal'],
  },
  reviewer: {
    lands: '/quality/queue',
    reach: 'brands_and_vendors',
    may: ['kpis', 'cases', 'refunds', 'quality', 'review', 'coach'],
  },
  vendor_manager: {
    lands: '/',
    reach: 'vendors',
    may: ['kpis', 'cases', 'refunds', 'quality', 'appeal', 'coach', 'export'],
  },
  vendor_agent: { lands: '/cases', reach: 'agents', may: ['cases', 'quality', 'appeal'] },
} as const satisfies Record<string, RoleRow>;

export type Role = keyof typeof roleTable;

/** Tells whether a text is the name of a role. */
export function isRole(text: string): text is Role {
  return Object.hasOwn(roleTable, text);
}

export const roles: readonly Role[] = Object.keys(roleTable).filter(isRole);

/** The row of a role. */
export function roleOf(role: Role): RoleRow {
  return roleTable[role];
}

/** Tells whether a role may do something. */
export function may(role: Role, ability: Ability): boolean {
  return roleOf(role).may.includes(ability);
}
