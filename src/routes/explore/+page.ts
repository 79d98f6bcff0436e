import type { PageLoad } from './$types';
import { readChoices, readReasons } from './choices.ts';

/** Reads what is picked from the address, on each step of it, without asking the server. */
export const load: PageLoad = ({ data, url }) => {
  const choices = readChoices(url.searchParams, data.filter.period);
  return {
    ...data,
    filter: { ...data.filter, keys: { ...data.filter.keys, ...choices.keys } },
    choices,
    reasons: readReasons(url.searchParams),
  };
};
