-- One row per list and refund on it: what needs somebody at the as-of instant, and what went wrong from one local day until another.
create or replace macro scoped.refund_watch(
    brands, vendors, agents, picked, from_day, to_day, still_hours, remote_still_hours, remote_regions, open_days
) as table
    with under_way as not materialized (
        select r.*, a.as_of
        from scoped.refunds_picked(brands, vendors, agents, picked) as r
        cross join marts.as_of as a
        where r.refunded_at is null and r.closed_at is null
    ),
    -- Undecided, and the platform's deadline past or within 48 hours.
    deadlines as (
        select
            *, 'deadlines' as list, deadline_at as since_at, value_minor as minor,
            case
                when deadline_at <= as_of then 'overdue'
                when deadline_at <= as_of + interval 24 hours then 'within_24h'
                else 'within_48h'
            end as mark,
        from under_way
        where coalesce(approved_at, rejected_at) is null and deadline_at <= as_of + interval 48 hours
    ),
    -- On its way back to the seller, or to a buyer who wants the money only; greatest() is null only where nobody saw it move.
    parcels as (
        select
            *, if(buyer_shipped_at is null, 'outbound', 'return') as mark, greatest(parcel_last_scan_at, buyer_shipped_at) as since_at,
            value_minor as minor, if(since_at is null, 'unseen', 'stalled') as list,
            if(len(list_filter(remote_regions::varchar[], lambda name: starts_with(region, name))) > 0, remote_still_hours, still_hours) as hours_limit,
        from under_way
        where rejected_at is null and received_at is null
            and (goods_status is null or goods_status in ('unshipped', 'in_transit', 'delivered'))
            and (buyer_shipped_at is not null or (request_type = 'refund_only_shipped' and goods_status = 'in_transit'))
    ),
    judged as (
        select item_key, numerator = 1 as is_lost, value
        from rollups.kpi_rows
        where metric = 'refunded_without_goods'::config.metric
            and ((numerator = 1 and day >= from_day::date and day < to_day::date) or state = 'pending'::vocabulary.kpi_state)
    ),
    -- As refunded_without_goods counts them: lost in the period, or at risk while the window is open and the goods are away.
    losses as (
        select
            r.*, if(k.is_lost, 'lost', 'at_risk') as list, 'paid' as mark, r.refunded_at as since_at,
            if(k.is_lost, k.value, r.amount_refunded_minor) as minor,
        from judged as k
        join scoped.refunds_picked(brands, vendors, agents, picked) as r on r.refund_key = k.item_key
        where r.refunded_on is not null
            and r.request_type in ('return_refund'::vocabulary.request_type, 'refund_only_shipped'::vocabulary.request_type)
            and (r.goods_status is null or r.goods_status in ('in_transit'::vocabulary.goods_status, 'delivered'::vocabulary.goods_status))
            and (k.is_lost or r.received_at is null)
    ),
    called as (
        select
            r.*, 'intercepts' as list, r.intercept_requested_at as since_at, r.value_minor as minor,
            case
                when r.goods_status = 'intercepted' then 'succeeded'
                when coalesce(r.goods_status = 'in_transit', true) and r.received_at is null and r.closed_at is null
                    and r.intercept_requested_at >= a.as_of - to_days(open_days::integer) then 'open'
                else 'failed'
            end as mark,
        from scoped.refunds_picked(brands, vendors, agents, picked) as r
        join config.brands as z using (brand_id)
        cross join marts.as_of as a
        where r.intercept_requested_at >= from_day::date - interval 1 day and r.intercept_requested_at < to_day::date + interval 1 day
            and clock.local_day(r.intercept_requested_at, z.timezone, z.fixed_since, z.offset_seconds) between from_day::date and to_day::date - 1
    ),
    listed as (
        select list, mark, since_at, minor, currency, refund_key, refund_id, case_id, vendor_id, sku_id, request_type, region, tracking_no, goods_status
        from deadlines
        union all
        select list, mark, since_at, minor, currency, refund_key, refund_id, case_id, vendor_id, sku_id, request_type, region, tracking_no, goods_status
        from parcels
        where since_at is null or since_at + to_hours(hours_limit::integer) <= as_of
        union all
        select list, mark, since_at, minor, currency, refund_key, refund_id, case_id, vendor_id, sku_id, request_type, region, tracking_no, goods_status
        from losses
        union all
        select list, mark, since_at, minor, currency, refund_key, refund_id, case_id, vendor_id, sku_id, request_type, region, tracking_no, goods_status
        from called
    )
    select l.*, clock.seconds(l.since_at, a.as_of) / 3600 as hours
    from listed as l
    cross join marts.as_of as a;
