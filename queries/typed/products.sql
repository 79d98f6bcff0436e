-- One row per product record: its text read into types, and the first reason why it cannot be.
select
    source, _load, _record,
    parse.id(sku_id_text) as sku_id,
    coalesce(parse.id(brand_id_text), _brand_id) as brand_id,
    parse.id(spu_id_text) as spu_id,
    parse.text(title_text) as title,
    parse.text(category_text) as category,
    try_cast(parse.text(attributes_text) as json) as attributes,
    coalesce(
        parse.needs('sku_id', sku_id_text, sku_id),
        parse.keeps_digits('sku_id', sku_id),
        parse.needs('brand_id', brand_id_text, brand_id),
        parse.declared('brand_id', brand_id, brand_id in (select b.brand_id from config.brands as b)),
        parse.allows('attributes', attributes_text, attributes)
    ) as problem,
    _record_text,
from canonical.products
