/** Reviews below which no score is estimated: their interval would be as wide as what it is asked about. */
export const smallestSample = 20;
