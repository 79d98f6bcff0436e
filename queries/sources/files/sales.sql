-- One row per record of a file whose columns carry the canonical names.
-- require: day, sku_id, units
select day, sku_id, brand_id, units, orders, amount_minor, _load, _record,
from raw.sales
