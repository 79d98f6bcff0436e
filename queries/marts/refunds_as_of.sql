-- One row per refund applied for by the as-of instant; what was dated later is null.
-- as view
select
    r.* replace (
        if(r.ordered_at <= a.as_of, r.ordered_at, null) as ordered_at,
        if(r.approved_at <= a.as_of, r.approved_at, null) as approved_at,
        if(r.rejected_at <= a.as_of, r.rejected_at, null) as rejected_at,
        if(r.buyer_shipped_at <= a.as_of, r.buyer_shipped_at, null) as buyer_shipped_at,
        if(r.return_picked_up_at <= a.as_of, r.return_picked_up_at, null) as return_picked_up_at,
        if(r.received_at <= a.as_of, r.received_at, null) as received_at,
        if(r.inspected_at <= a.as_of, r.inspected_at, null) as inspected_at,
        if(r.refunded_at <= a.as_of, r.refunded_at, null) as refunded_at,
        if(r.closed_at <= a.as_of, r.closed_at, null) as closed_at,
        if(r.intercept_requested_at <= a.as_of, r.intercept_requested_at, null) as intercept_requested_at,
        if(r.parcel_last_scan_at <= a.as_of, r.parcel_last_scan_at, null) as parcel_last_scan_at,
        if(r.platform_intervened_at <= a.as_of, r.platform_intervened_at, null) as platform_intervened_at,
        if(r.platform_intervened_at <= a.as_of, r.judged_for, null) as judged_for
    ),
from staging.refunds as r, marts.as_of as a
where r.applied_at <= a.as_of
