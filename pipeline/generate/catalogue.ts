import { BRANDS, COLOUR_CODES, type Brand, type Spu } from './catalogue_data.ts';

export interface Sku {
  index: number;
  id: string;
  brandIndex: number;
  brand: Brand;
  spu: Spu;
  spuId: string;
  size: string;
  bigger: string;
  smaller: string;
  colour: string;
  batch: string;
  weight: number;
  priceMinor: number;
}

/** Every sellable unit of every brand, in a fixed order. */
export const SKUS: Sku[] = BRANDS.flatMap((brand, brandIndex) =>
  brand.spus.flatMap((spu) => skusOf(brand, brandIndex, spu)),
).map((sku, index) => ({ ...sku, index }));

function skusOf(brand: Brand, brandIndex: number, spu: Spu): Sku[] {
  const sizes = spu.sizes.length > 0 ? spu.sizes : [''];
  const batches = spu.batches ?? [''];
  const share = spu.weight / (sizes.length * spu.colours.length * batches.length);
  return sizes.flatMap((size, k) =>
    spu.colours.flatMap((colour) =>
      batches.map((batch) => ({
        index: 0,
        id: [
          brand.prefix,
          spu.id,
          COLOUR_CODES[colour],
          size.replace(/米床/, 'M').replace('高枕', 'H').replace('低枕', 'L'),
          batch,
        ]
          .filter(Boolean)
          .join('-'),
        brandIndex,
        brand,
        spu,
        spuId: `${brand.prefix}-${spu.id}`,
        size,
        bigger: sizes[k + 1] ?? '大一码',
        smaller: sizes[k - 1] ?? '小一码',
        colour,
        batch,
        weight: share * (0.7 + 0.6 * Math.sin((Math.PI * (k + 1)) / (sizes.length + 1))),
        priceMinor: spu.yuan * 100 + k * 500,
      })),
    ),
  );
}
