import { writeDay } from './local_time.ts';
import type { Random } from './random.ts';

/** Draws a buyer: mostly new, some who came lately, and a few hundred who come all the time. */
export function drawCustomer(random: Random, index: number): string {
  if (random.chance(0.02)) return `c${String(900_000_000 + random.below(400))}`;
  const owner = random.chance(0.12) ? Math.max(0, index - random.between(1, 3000)) : index;
  return `c${String(100_000_000 + ((owner * 618_033) % 799_999_999))}`;
}

/** Draws numbers of order, ticket and messages as long as the marketplace writes them; they increase with the index. */
export function drawIds(
  random: Random,
  index: number,
  platform: string,
  orderDay: number,
): { orderId: string; ticketId: string; messagePrefix: string } {
  const serial = String(4_180_000_000 + index * 17 + random.below(17));
  const tail = String(1_000_000 + random.below(8_999_999));
  if (platform === 'taobao' || platform === 'tmall')
    return { orderId: `28${serial}${tail}`, ticketId: `${serial}${tail.slice(0, 2)}`, messagePrefix: serial };
  if (platform === 'jd')
    return { orderId: `3${serial}${tail.slice(0, 1)}`, ticketId: `1${serial}`, messagePrefix: `9${serial}` };
  if (platform === 'pdd')
    return {
      orderId: `${writeDay(orderDay).replaceAll('-', '').slice(2)}-${serial}${tail.slice(0, 5)}`,
      ticketId: `1${serial}${tail.slice(0, 3)}`,
      messagePrefix: `17${serial}`,
    };
  if (platform === 'douyin')
    return {
      orderId: `69${serial}${tail}`,
      ticketId: `74${serial}${tail}`,
      messagePrefix: `75${serial}${tail.slice(0, 4)}`,
    };
  if (platform === 'kuaishou')
    return {
      orderId: `25${serial}${tail.slice(0, 4)}`,
      ticketId: `${serial}${tail.slice(0, 6)}`,
      messagePrefix: `6${serial}${tail.slice(0, 1)}`,
    };
  return { orderId: `P7${serial}${tail.slice(0, 6)}`, ticketId: `R${serial}`, messagePrefix: `x${serial}` };
}
