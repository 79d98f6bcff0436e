-- One row per product record that a later one of the same brand and sku replaces.
select _load, _record
from typed.products
where problem is null
qualify row_number() over (partition by brand_id, sku_id order by _load desc, _record desc) > 1
