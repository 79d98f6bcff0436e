-- One row per parcel on its way at the as-of instant for a refund that is not over: back to the seller, or to a buyer who wants the money only.
-- seen_at is the last sign of movement, null where nobody ever scanned it.
create or replace macro scoped.refund_parcels(brands, vendors, agents, picked) as table
    with under_way as (
        select
            *,
            if(buyer_shipped_at is null, 'outbound', 'return') as way,
            greatest(parcel_last_scan_at, buyer_shipped_at) as seen_at,
        from scoped.refunds_picked(brands, vendors, agents, picked)
        where refunded_at is null and rejected_at is null and closed_at is null and received_at is null
            and (buyer_shipped_at is not null or (request_type = 'refund_only_shipped' and goods_status = 'in_transit'))
            and (goods_status is null or goods_status in ('unshipped', 'in_transit', 'delivered'))
    )
    select u.*, clock.seconds(u.seen_at, a.as_of) / 3600 as still_hours
    from under_way as u
    cross join marts.as_of as a;
