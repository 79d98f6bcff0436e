-- One row per refund: the case it belongs to (METRICS §2), its own where no ticket claims it.
with named as (
    select r.source, r.refund_id, t.ticket_key
    from marts.refunds_as_of as r
    join marts.tickets as t on t.source = r.source and t.ticket_id = r.ticket_id
),
by_order as (
    select r.source, r.refund_id, t.ticket_key
    from marts.refunds_as_of as r
    join marts.tickets as t
        on t.brand_id = r.brand_id and t.order_id = r.order_id
        and (t.sku_id = r.sku_id or t.sku_id is null or r.sku_id is null)
        and t.opened_at between r.applied_at - interval 30 days and r.applied_at + interval 1 hour
    where r.ticket_id is null and not t.is_spam
    qualify row_number() over (partition by r.source, r.refund_id order by t.opened_at desc, t.ticket_id desc, t.source desc) = 1
),
claimed as (
    select c.source, c.refund_id, coalesce(m.final_key, c.ticket_key) as ticket_key
    from (from named union all from by_order) as c
    left join marts.merges as m on m.ticket_key = c.ticket_key
),
numbered as (
    select
        r.source, r.refund_id, c.ticket_key,
        count(*) filter (c.ticket_key is null) over (order by r.applied_at, r.source, r.refund_id rows unbounded preceding) as lone_number,
    from marts.refunds_as_of as r
    left join claimed as c using (source, refund_id)
)
select
    source, refund_id, ticket_key is null as is_lone,
    coalesce(ticket_key, lone_number + (select coalesce(max(ticket_key), 0) from staging.tickets))::integer as case_key,
from numbered
