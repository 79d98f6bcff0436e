-- One row per parcel called back from one local day until another: intercepted, failed, or open while it is on its way and the call is younger
-- than the days given.
create or replace macro scoped.refund_intercepts(brands, vendors, agents, picked, from_day, to_day, open_days) as table
    with called as (
        select
            r.*,
            clock.local_day(r.intercept_requested_at, z.timezone, z.fixed_since, z.offset_seconds) as called_on,
        from scoped.refunds_picked(brands, vendors, agents, picked) as r
        join config.brands as z on z.brand_id = r.brand_id
        where r.intercept_requested_at >= from_day::date - interval 1 day and r.intercept_requested_at < to_day::date + interval 1 day
    )
    select
        c.*,
        case
            when c.goods_status = 'intercepted' then 'succeeded'
            when coalesce(c.goods_status = 'in_transit', true) and c.received_at is null and c.closed_at is null
                and c.intercept_requested_at >= a.as_of - to_days(open_days::integer) then 'open'
            else 'failed'
        end as outcome,
        clock.seconds(c.intercept_requested_at, a.as_of) / 3600 as called_hours,
    from called as c
    cross join marts.as_of as a
    where c.called_on >= from_day::date and c.called_on < to_day::date;
