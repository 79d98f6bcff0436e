-- One row per refund paid without the goods, as refunded_without_goods counts it: lost if paid from one local day until another; at risk, whenever
-- paid, while the window is open and the goods are away.
create or replace macro scoped.refund_losses(brands, vendors, agents, picked, from_day, to_day) as table
    with judged as (
        select item_key, numerator = 1 as is_lost, value as lost_minor
        from rollups.kpi_rows
        where metric = 'refunded_without_goods'::config.metric
            and ((numerator = 1 and day >= from_day::date and day < to_day::date) or state = 'pending'::vocabulary.kpi_state)
    )
    select
        r.*,
        if(k.is_lost, 'lost', 'at_risk') as loss,
        if(k.is_lost, k.lost_minor, r.amount_refunded_minor) as loss_minor,
        clock.seconds(r.refunded_at, a.as_of) / 3600 as paid_hours,
    from judged as k
    join scoped.refunds_picked(brands, vendors, agents, picked) as r on r.refund_key = k.item_key
    cross join marts.as_of as a
    where r.refunded_on is not null
        and r.request_type in ('return_refund'::vocabulary.request_type, 'refund_only_shipped'::vocabulary.request_type)
        and (r.goods_status is null or r.goods_status in ('in_transit'::vocabulary.goods_status, 'delivered'::vocabulary.goods_status))
        and (k.is_lost or r.received_at is null);
