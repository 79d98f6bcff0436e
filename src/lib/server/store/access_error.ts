import type { Ability } from '#lib/access/roles.ts';

/** A principal asked for what its role may not do. */
export class AccessError extends Error {
  override readonly name = 'AccessError';
  readonly ability: Ability;

  constructor(ability: Ability) {
    super(`this account may not do that (${ability})`);
    this.ability = ability;
  }
}
