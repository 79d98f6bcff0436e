import type { Reach } from './roles.ts';

export const scopeFields = ['brands', 'vendors', 'agents'] as const;
export type ScopeField = (typeof scopeFields)[number];

/** Whether an account must be given a list, may be narrowed by one (without it, all), or has none. */
export type FieldNeed = 'required' | 'optional' | 'none';

const needs = {
  everything: { brands: 'none', vendors: 'none', agents: 'none' },
  brands: { brands: 'required', vendors: 'none', agents: 'none' },
  brands_and_vendors: { brands: 'optional', vendors: 'optional', agents: 'none' },
  vendors: { brands: 'optional', vendors: 'required', agents: 'none' },
  agents: { brands: 'optional', vendors: 'required', agents: 'required' },
} as const satisfies Record<Reach, Record<ScopeField, FieldNeed>>;

/** What lists go with a reach. */
export function fieldsOf(reach: Reach): Readonly<Record<ScopeField, FieldNeed>> {
  return needs[reach];
}
