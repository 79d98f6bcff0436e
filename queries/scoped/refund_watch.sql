-- One row per list and refund on it: what needs somebody now, and what went wrong from one local day until another.
create or replace macro scoped.refund_watch(
    brands, vendors, agents, picked, from_day, to_day, still_hours_limit, remote_hours_limit, remote_regions, open_days
) as table
    select
        'deadlines' as list, urgency as mark, deadline_at as since_at, hours_left as hours, value_minor as minor,
        currency, refund_key, refund_id, case_id, vendor_id, sku_id, request_type, region, tracking_no, goods_status,
    from scoped.refund_deadlines(brands, vendors, agents, picked)
    union all
    select
        if(seen_at is null, 'unseen', 'stalled'), way, seen_at, still_hours, value_minor,
        currency, refund_key, refund_id, case_id, vendor_id, sku_id, request_type, region, tracking_no, goods_status,
    from scoped.refund_parcels(brands, vendors, agents, picked)
    where seen_at is null
        or still_hours >= if(
            len(list_filter(remote_regions::varchar[], lambda name: starts_with(region, name))) > 0,
            remote_hours_limit::integer, still_hours_limit::integer
        )
    union all
    select
        loss, 'paid', refunded_at, paid_hours, loss_minor,
        currency, refund_key, refund_id, case_id, vendor_id, sku_id, request_type, region, tracking_no, goods_status,
    from scoped.refund_losses(brands, vendors, agents, picked, from_day, to_day)
    union all
    select
        'intercepts', outcome, intercept_requested_at, called_hours, value_minor,
        currency, refund_key, refund_id, case_id, vendor_id, sku_id, request_type, region, tracking_no, goods_status,
    from scoped.refund_intercepts(brands, vendors, agents, picked, from_day, to_day, open_days);
