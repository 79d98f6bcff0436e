import { requestTypes } from '#lib/metrics/case_fields.ts';
import type { Stage } from './demand.ts';
import type { Random } from './random.ts';

export type RequestType = (typeof requestTypes)[number];

/** Weights in the order of requestTypes, of what buyers ask for who have their goods, by reason. */
const BY_REASON: Record<string, number[]> = {
  size_small: [0, 0, 66, 26, 0, 0, 1, 7],
  size_large: [0, 0, 66, 26, 0, 0, 1, 7],
  colour: [0, 6, 70, 12, 0, 0, 6, 6],
  not_as_described: [0, 6, 68, 6, 0, 0, 12, 8],
  flaw: [0, 9, 54, 20, 3, 0, 8, 6],
  malfunction: [0, 4, 46, 18, 0, 16, 8, 8],
  odour: [0, 4, 74, 6, 0, 0, 8, 8],
  damaged: [0, 22, 30, 14, 26, 0, 6, 2],
  missing: [0, 14, 14, 2, 58, 0, 4, 8],
  wrong_item: [0, 4, 40, 34, 12, 0, 6, 4],
  changed_mind: [0, 0, 86, 4, 0, 0, 0, 10],
  price: [0, 10, 24, 0, 0, 0, 8, 58],
  promise: [0, 6, 8, 0, 20, 0, 36, 30],
  invoice: [0, 0, 0, 0, 0, 0, 6, 94],
  late: [0, 6, 20, 0, 0, 0, 34, 40],
};
const UNSHIPPED = [92, 0, 0, 0, 0, 0, 1, 7];
const UNSHIPPED_LATE = [45, 0, 0, 0, 0, 0, 9, 46];
const IN_TRANSIT = [0, 84, 0, 0, 0, 0, 0, 16];
const IN_TRANSIT_LATE = [0, 30, 0, 0, 3, 0, 7, 60];
const IN_TRANSIT_LOST = [0, 46, 0, 0, 28, 0, 14, 12];
const IN_TRANSIT_PRICE = [0, 20, 0, 0, 0, 0, 8, 72];
const ONLY_ENQUIRY = [0, 0, 0, 0, 0, 0, 2, 98];

/** Draws what the buyer wants, from the stage of the order and the reason. */
export function drawRequestType(random: Random, stage: Stage, reason: string): RequestType {
  return requestTypes[random.weighted(weightsFor(stage, reason))] ?? 'enquiry';
}

function weightsFor(stage: Stage, reason: string): number[] {
  if (reason === 'invoice') return ONLY_ENQUIRY;
  if (stage === 'unshipped') return reason === 'late' ? UNSHIPPED_LATE : UNSHIPPED;
  if (stage === 'in_transit' && reason === 'price') return IN_TRANSIT_PRICE;
  if (stage === 'in_transit')
    return reason === 'late' ? IN_TRANSIT_LATE : reason === 'lost' ? IN_TRANSIT_LOST : IN_TRANSIT;
  return BY_REASON[reason] ?? [0, 0, 60, 0, 0, 0, 10, 30];
}
