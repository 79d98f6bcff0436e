-- One row per record of a file whose columns carry the canonical names.
-- require: sku_id
select sku_id, brand_id, spu_id, title, category, attributes, _load, _record,
from raw.products
