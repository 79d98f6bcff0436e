-- One row per refund, in order of application: its case, its legs on both clocks, the days its KPIs are counted on.
-- Brand, vendor, platform and what only tickets have are the case's (METRICS §2).
select
    r.* exclude (_load, _record, calendar, ready_at) replace (c.brand_id as brand_id, c.vendor_id as vendor_id, c.platform as platform),
    c.case_id, c.channel, c.agent_id, c.severity, c.priority, c.reason_agent, c.is_flagged,
    clock.local_day(r.applied_at, z.timezone, z.fixed_since, z.offset_seconds) as applied_on,
    clock.local_day(r.received_at, z.timezone, z.fixed_since, z.offset_seconds) as received_on,
    clock.local_day(r.refunded_at, z.timezone, z.fixed_since, z.offset_seconds) as refunded_on,
    coalesce(r.refunded_at < r.applied_at, false) or coalesce(r.decided_at < r.applied_at, false)
        or coalesce(r.received_at < r.buyer_shipped_at, false) or coalesce(r.inspected_at < r.received_at, false) as has_impossible_order,
    clock.leg(r.applied_at, r.refunded_at, clock.seconds(r.applied_at, r.refunded_at)) as refund_calendar_seconds,
    clock.leg(r.applied_at, r.refunded_at, if(r.calendar is null, clock.seconds(r.applied_at, r.refunded_at), o.refunded_open - o.applied_open)) as refund_business_seconds,
    clock.leg(r.applied_at, r.decided_at, clock.seconds(r.applied_at, r.decided_at)) as decide_calendar_seconds,
    clock.leg(r.applied_at, r.decided_at, if(r.calendar is null, clock.seconds(r.applied_at, r.decided_at), o.decided_open - o.applied_open)) as decide_business_seconds,
    clock.leg(r.decided_at, r.buyer_shipped_at, clock.seconds(r.decided_at, r.buyer_shipped_at)) as ship_calendar_seconds,
    clock.leg(r.decided_at, r.buyer_shipped_at, if(r.calendar is null, clock.seconds(r.decided_at, r.buyer_shipped_at), o.shipped_open - o.decided_open)) as ship_business_seconds,
    clock.leg(r.buyer_shipped_at, r.received_at, clock.seconds(r.buyer_shipped_at, r.received_at)) as transit_calendar_seconds,
    clock.leg(r.buyer_shipped_at, r.received_at, if(r.calendar is null, clock.seconds(r.buyer_shipped_at, r.received_at), o.received_open - o.shipped_open)) as transit_business_seconds,
    clock.leg(r.received_at, r.inspected_at, clock.seconds(r.received_at, r.inspected_at)) as inspect_calendar_seconds,
    clock.leg(r.received_at, r.inspected_at, if(r.calendar is null, clock.seconds(r.received_at, r.inspected_at), o.inspected_open - o.received_open)) as inspect_business_seconds,
    clock.leg(r.ready_at, r.refunded_at, clock.seconds(r.ready_at, r.refunded_at)) as pay_calendar_seconds,
    clock.leg(r.ready_at, r.refunded_at, if(r.calendar is null, clock.seconds(r.ready_at, r.refunded_at), o.refunded_open - o.ready_open)) as pay_business_seconds,
    clock.leg(r.received_at, r.refunded_at, clock.seconds(r.received_at, r.refunded_at)) as after_receipt_calendar_seconds,
    clock.leg(r.received_at, r.refunded_at, if(r.calendar is null, clock.seconds(r.received_at, r.refunded_at), o.refunded_open - o.received_open)) as after_receipt_business_seconds,
    if(r.calendar is null, clock.seconds(r.received_at, a.as_of), o.now_open - o.received_open) as since_receipt_business_seconds,
    if(r.calendar is null, clock.seconds(r.refunded_at, a.as_of), o.now_open - o.refunded_open) as since_refund_business_seconds,
    if(r.calendar is null, clock.seconds(r.refunded_at, r.received_at), o.received_open - o.refunded_open) as receipt_after_refund_business_seconds,
from marts.refund_legs as r
cross join marts.as_of as a
left join marts.cases as c on c.case_key = r.case_key
left join config.brands as z on z.brand_id = c.brand_id
left join marts.refund_clocks as o on o.refund_key = r.refund_key
