import { type Role, roleOf } from './roles.ts';

/** Rows that somebody may see, by what they are given of: null stands for all, an empty list for none. */
export interface Scope {
  readonly brands: readonly string[] | null;
  readonly vendors: readonly string[] | null;
  readonly agents: readonly string[] | null;
}

/** Who asks (DESIGN §5). */
export interface Principal extends Scope {
  readonly userId: string;
  readonly role: Role;
}

export const everything: Scope = { brands: null, vendors: null, agents: null };
const nothing: Scope = { brands: [], vendors: [], agents: [] };

/**
 * What a principal may see: what the account is given, and never more than its role reaches. A list that the role needs and the account
 * lacks stands for nothing, so that a half-made account sees nothing rather than everything.
 */
export function scopeOf({ role, brands, vendors, agents }: Principal): Scope {
  switch (roleOf(role).reach) {
    case 'everything':
      return everything;
    case 'brands':
      return brands === null ? nothing : { brands, vendors: null, agents: null };
    case 'brands_and_vendors':
      return { brands, vendors, agents: null };
    case 'vendors':
      return vendors === null ? nothing : { brands, vendors, agents: null };
    case 'agents':
      return vendors === null || agents === null ? nothing : { brands, vendors, agents };
  }
}

/** Tells whether a scope takes in all that a scope of brands and vendors does. */
export function coversScope(scope: Scope, { brands, vendors }: Pick<Scope, 'brands' | 'vendors'>): boolean {
  const covers = (mine: readonly string[] | null, others: readonly string[] | null): boolean =>
    mine === null || (others !== null && others.every((id) => mine.includes(id)));
  return scope.agents === null && covers(scope.brands, brands) && covers(scope.vendors, vendors);
}

/** Tells whether a scope takes a brand in. */
export function takesBrand({ brands }: Scope, id: string): boolean {
  return brands?.includes(id) ?? true;
}

/** Tells whether a scope takes a vendor in. */
export function takesVendor({ vendors }: Scope, id: string): boolean {
  return vendors?.includes(id) ?? true;
}
