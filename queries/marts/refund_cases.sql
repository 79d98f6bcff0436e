-- One row per refund: the case it belongs to (METRICS §2), its own where no ticket claims it.
with named as (
    select r.refund_key, t.ticket_key
    from marts.refunds_as_of as r
    join marts.tickets as t on t.source = r.source and t.ticket_id = r.ticket_id
),
same_order as (
    select r.refund_key, r.applied_at, r.sku_id as refund_sku_id, t.ticket_key, t.ticket_id, t.source, t.sku_id, t.opened_at
    from (from marts.refunds_as_of where ticket_id is null and order_id is not null) as r
    join (from marts.tickets where not is_spam and order_id is not null) as t using (brand_id, order_id)
),
by_order as (
    select refund_key, ticket_key
    from same_order
    where (sku_id = refund_sku_id or sku_id is null or refund_sku_id is null)
        and opened_at between applied_at - interval 30 days and applied_at + interval 1 hour
    qualify row_number() over (partition by refund_key order by opened_at desc, ticket_id desc, source desc) = 1
),
claimed as (
    select c.refund_key, coalesce(m.final_key, c.ticket_key) as case_key
    from (from named union all from by_order) as c
    left join marts.merges as m on m.ticket_key = c.ticket_key
),
lone as (
    select r.refund_key, row_number() over (order by r.refund_key) + (select coalesce(max(ticket_key), 0) from staging.tickets) as case_key
    from marts.refunds_as_of as r
    anti join claimed as c using (refund_key)
)
select refund_key, case_key::integer as case_key, false as is_lone from claimed
union all
select refund_key, case_key::integer, true from lone
