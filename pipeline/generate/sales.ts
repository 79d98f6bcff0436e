import { SKUS } from './catalogue.ts';
import type { CsvFile } from './csv_file.ts';
import { interestOn } from './demand.ts';
import { quoteField } from './csv_file.ts';
import { FIRST_ORDER_DAY, LAST_DAY, writeDay } from './local_time.ts';
import { Random } from './random.ts';

export const SALES_COLUMNS = ['day', 'sku_id', 'brand_id', 'units', 'orders', 'amount_minor'];
export const PRODUCT_COLUMNS = ['sku_id', 'brand_id', 'spu_id', 'title', 'category', 'attributes'];
const DAYS = LAST_DAY - FIRST_ORDER_DAY + 1;
/** Units sold per case: with half a refund a case this makes about one refund in nine units. */
const UNITS_PER_CASE = 4.4;

/** Refunds counted by order day and product unit, so that never more is sent back than was sold. */
export class RefundCounts {
  private readonly counts = new Int32Array(DAYS * SKUS.length);

  /** Counts one refund of a unit ordered on a local day. */
  add(orderDay: number, skuIndex: number): void {
    const k = (orderDay - FIRST_ORDER_DAY) * SKUS.length + skuIndex;
    this.counts[k] = (this.counts[k] ?? 0) + 1;
  }

  /** Returns the refunds of a unit ordered on a local day. */
  of(orderDay: number, skuIndex: number): number {
    return this.counts[(orderDay - FIRST_ORDER_DAY) * SKUS.length + skuIndex] ?? 0;
  }
}

export interface SalesTotals {
  units: number;
  orders: number;
  amountMinor: number;
}

/** Writes units, orders and turnover per local day and product unit, and returns their totals. */
export function writeSales(file: CsvFile, seed: number, cases: number, refunds: RefundCounts): SalesTotals {
  const random = new Random(seed, 'sales');
  const totals = { units: 0, orders: 0, amountMinor: 0 };
  const levels = Array.from({ length: DAYS }, (_, k) => interestOn(FIRST_ORDER_DAY + k));
  const perUnit =
    (cases * UNITS_PER_CASE) / (levels.reduce((a, b) => a + b) * SKUS.reduce((sum, sku) => sum + sku.weight, 0));
  for (let k = 0; k < DAYS; k++) {
    const day = writeDay(FIRST_ORDER_DAY + k);
    for (const sku of SKUS) {
      const expected = perUnit * (levels[k] ?? 1) * sku.weight * (0.85 + 0.3 * random.unit());
      const units = Math.max(Math.floor(expected + random.unit()), refunds.of(FIRST_ORDER_DAY + k, sku.index));
      if (units === 0) continue;
      const orders = units - Math.floor(units * 0.06 + random.unit() * 0.9);
      const amountMinor = units * sku.priceMinor - Math.floor(units * sku.priceMinor * 0.04 * random.unit());
      totals.units += units;
      totals.orders += orders;
      totals.amountMinor += amountMinor;
      file.add(`${day},${sku.id},${sku.brand.id},${units},${orders},${amountMinor}`);
    }
  }
  return totals;
}

/** Writes the products, attributes as JSON. */
export function writeProducts(file: CsvFile): void {
  for (const sku of SKUS) {
    const attributes = JSON.stringify({
      ...(sku.size && { size: sku.size }),
      colour: sku.colour,
      ...(sku.batch && { batch: sku.batch }),
    });
    const title = [sku.spu.title, sku.colour, sku.size].filter(Boolean).join(' ');
    file.add(`${sku.id},${sku.brand.id},${sku.spuId},${title},${sku.spu.category},${quoteField(attributes)}`);
  }
}
