-- One row per sales record: its text read into types once, and the first reason why it cannot be used.
with texts as (
    select
        source, _load, _record, _clock, _given,
        parse.text(day_text) as day_text, parse.id(sku_id_text) as sku_id,
        coalesce(parse.id(brand_id_text), _brand_id) as brand_id, parse.text(units_text) as units_text,
        parse.text(orders_text) as orders_text, parse.text(amount_minor_text) as amount_minor_text,
    from canonical.sales
),
typed as (
    select
        *,
        parse.calendar_day(day_text) as day, parse.whole_number(units_text) as units, parse.whole_number(orders_text) as orders,
        parse.whole_number(amount_minor_text) as amount_minor,
    from texts
),
judged as (
    select
        *,
        coalesce(
            parse.needs('day', day_text, day),
            parse.needs('sku_id', sku_id, sku_id),
            parse.keeps_digits('sku_id', sku_id),
            parse.needs('brand_id', brand_id, brand_id),
            parse.declared('brand_id', brand_id, brand_id in (select b.brand_id from config.brands as b)),
            parse.needs('units', units_text, units),
            parse.allows('orders', orders_text, orders),
            parse.allows('amount_minor', amount_minor_text, amount_minor)
        ) as problem,
    from typed
)
select
    source, _load, _record, day, sku_id, brand_id, units, orders, amount_minor,
    problem, case when problem is not null then to_json(_given) end as record_text,
from judged
