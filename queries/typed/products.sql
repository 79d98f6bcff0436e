-- One row per product record: its text read into types once, and the first reason why it cannot be used.
with texts as (
    select
        source, _load, _record, _clock, _given,
        parse.id(sku_id_text) as sku_id, coalesce(parse.id(brand_id_text), _brand_id) as brand_id,
        parse.id(spu_id_text) as spu_id, parse.text(title_text) as title, parse.text(category_text) as category,
        parse.text(attributes_text) as attributes_text,
    from canonical.products
),
typed as (
    select
        *,
        try_cast(attributes_text as json) as attributes,
    from texts
),
judged as (
    select
        *,
        coalesce(
            parse.needs('sku_id', sku_id, sku_id),
            parse.keeps_digits('sku_id', sku_id),
            parse.needs('brand_id', brand_id, brand_id),
            parse.declared('brand_id', brand_id, brand_id in (select b.brand_id from config.brands as b)),
            parse.allows('attributes', attributes_text, attributes)
        ) as problem,
    from typed
)
select
    source, _load, _record, sku_id, brand_id, spu_id, title, category, attributes,
    problem, case when problem is not null then to_json(_given) end as record_text,
from judged
