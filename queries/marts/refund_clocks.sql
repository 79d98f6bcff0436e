-- One row per refund of a vendor with a calendar: cumulative open seconds at each of its instants.
select
    r.refund_key,
    clock.open_seconds(d_applied.open_seconds_before, d_applied.spans, r.applied_at) as applied_open,
    clock.open_seconds(d_decided.open_seconds_before, d_decided.spans, r.decided_at) as decided_open,
    clock.open_seconds(d_shipped.open_seconds_before, d_shipped.spans, r.buyer_shipped_at) as shipped_open,
    clock.open_seconds(d_received.open_seconds_before, d_received.spans, r.received_at) as received_open,
    clock.open_seconds(d_inspected.open_seconds_before, d_inspected.spans, r.inspected_at) as inspected_open,
    clock.open_seconds(d_ready.open_seconds_before, d_ready.spans, r.ready_at) as ready_open,
    clock.open_seconds(d_refunded.open_seconds_before, d_refunded.spans, r.refunded_at) as refunded_open,
    t.now_open,
from marts.refund_legs as r
left join marts.calendar_days as d_applied on d_applied.calendar = r.calendar and d_applied.day = r.applied_at::date
left join marts.calendar_days as d_decided on d_decided.calendar = r.calendar and d_decided.day = r.decided_at::date
left join marts.calendar_days as d_shipped on d_shipped.calendar = r.calendar and d_shipped.day = r.buyer_shipped_at::date
left join marts.calendar_days as d_received on d_received.calendar = r.calendar and d_received.day = r.received_at::date
left join marts.calendar_days as d_inspected on d_inspected.calendar = r.calendar and d_inspected.day = r.inspected_at::date
left join marts.calendar_days as d_ready on d_ready.calendar = r.calendar and d_ready.day = r.ready_at::date
left join marts.calendar_days as d_refunded on d_refunded.calendar = r.calendar and d_refunded.day = r.refunded_at::date
join marts.calendars as t on t.calendar = r.calendar
