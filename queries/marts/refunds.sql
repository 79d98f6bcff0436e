-- One row per refund: its case, its legs on both clocks, the days its KPIs are counted on.
with staged as (
    select
        r.*, c.case_key, c.is_lone, s.calendar,
        least(r.approved_at, r.rejected_at) as decided_at,
        coalesce(r.inspected_at, r.received_at, r.buyer_shipped_at, least(r.approved_at, r.rejected_at)) as ready_at,
    from marts.refunds_as_of as r
    join marts.refund_cases as c using (source, refund_id)
    join marts.case_starts as s using (case_key)
)
select
    (row_number() over (order by r.applied_at, r.source, r.refund_id))::integer as refund_key,
    r.* exclude (_load, _record, calendar, ready_at),
    clock.local_day(r.applied_at, z.timezone, z.fixed_since, z.offset_seconds) as applied_on,
    clock.local_day(r.received_at, z.timezone, z.fixed_since, z.offset_seconds) as received_on,
    clock.local_day(r.refunded_at, z.timezone, z.fixed_since, z.offset_seconds) as refunded_on,
    r.refunded_at < r.applied_at or r.decided_at < r.applied_at or r.received_at < r.buyer_shipped_at
        or r.inspected_at < r.received_at as has_impossible_order,
    clock.leg(r.applied_at, r.refunded_at, clock.seconds(r.applied_at, r.refunded_at)) as refund_calendar_seconds,
    clock.leg(r.applied_at, r.refunded_at, clock.business_seconds(r.calendar, d_applied, r.applied_at, d_refunded, r.refunded_at)) as refund_business_seconds,
    clock.leg(r.applied_at, r.decided_at, clock.seconds(r.applied_at, r.decided_at)) as decide_calendar_seconds,
    clock.leg(r.applied_at, r.decided_at, clock.business_seconds(r.calendar, d_applied, r.applied_at, d_decided, r.decided_at)) as decide_business_seconds,
    clock.leg(r.decided_at, r.buyer_shipped_at, clock.seconds(r.decided_at, r.buyer_shipped_at)) as ship_calendar_seconds,
    clock.leg(r.decided_at, r.buyer_shipped_at, clock.business_seconds(r.calendar, d_decided, r.decided_at, d_shipped, r.buyer_shipped_at)) as ship_business_seconds,
    clock.leg(r.buyer_shipped_at, r.received_at, clock.seconds(r.buyer_shipped_at, r.received_at)) as transit_calendar_seconds,
    clock.leg(r.buyer_shipped_at, r.received_at, clock.business_seconds(r.calendar, d_shipped, r.buyer_shipped_at, d_received, r.received_at)) as transit_business_seconds,
    clock.leg(r.received_at, r.inspected_at, clock.seconds(r.received_at, r.inspected_at)) as inspect_calendar_seconds,
    clock.leg(r.received_at, r.inspected_at, clock.business_seconds(r.calendar, d_received, r.received_at, d_inspected, r.inspected_at)) as inspect_business_seconds,
    clock.leg(r.ready_at, r.refunded_at, clock.seconds(r.ready_at, r.refunded_at)) as pay_calendar_seconds,
    clock.leg(r.ready_at, r.refunded_at, clock.business_seconds(r.calendar, d_ready, r.ready_at, d_refunded, r.refunded_at)) as pay_business_seconds,
    clock.leg(r.received_at, r.refunded_at, clock.seconds(r.received_at, r.refunded_at)) as after_receipt_calendar_seconds,
    clock.leg(r.received_at, r.refunded_at, clock.business_seconds(r.calendar, d_received, r.received_at, d_refunded, r.refunded_at)) as after_receipt_business_seconds,
    clock.business_seconds(r.calendar, d_received, r.received_at, d_now, a.as_of) as since_receipt_business_seconds,
    clock.business_seconds(r.calendar, d_refunded, r.refunded_at, d_now, a.as_of) as since_refund_business_seconds,
    clock.business_seconds(r.calendar, d_refunded, r.refunded_at, d_received, r.received_at) as receipt_after_refund_business_seconds,
from staged as r
cross join marts.as_of as a
join marts.case_heads as h on h.case_key = r.case_key
join config.brands as z on z.brand_id = h.brand_id
left join marts.calendar_days as d_applied on d_applied.calendar = r.calendar and d_applied.day = r.applied_at::date
left join marts.calendar_days as d_decided on d_decided.calendar = r.calendar and d_decided.day = r.decided_at::date
left join marts.calendar_days as d_shipped on d_shipped.calendar = r.calendar and d_shipped.day = r.buyer_shipped_at::date
left join marts.calendar_days as d_received on d_received.calendar = r.calendar and d_received.day = r.received_at::date
left join marts.calendar_days as d_inspected on d_inspected.calendar = r.calendar and d_inspected.day = r.inspected_at::date
left join marts.calendar_days as d_ready on d_ready.calendar = r.calendar and d_ready.day = r.ready_at::date
left join marts.calendar_days as d_refunded on d_refunded.calendar = r.calendar and d_refunded.day = r.refunded_at::date
left join marts.calendar_days as d_now on d_now.calendar = r.calendar and d_now.day = a.as_of::date
