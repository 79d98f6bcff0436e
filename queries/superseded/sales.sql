-- One row per sales record that a later one of the same brand, product and day replaces.
select _load, _record
from typed.sales
where problem is null
qualify row_number() over (partition by brand_id, sku_id, day order by _load desc, _record desc) > 1
