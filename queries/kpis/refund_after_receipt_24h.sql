-- One row per refund whose goods came back and that was not rejected: was it paid within the limit after receipt, or before?
with measured as (
    select
        c.case_key, c.case_id, r.refund_key, r.refund_id, r.received_on as day,
        r.after_receipt_calendar_seconds / 3600 as value, r.after_receipt_business_seconds / 3600 as value_business,
        clock.window_state(
            clock.pick(t.clock, clock.seconds(r.received_at, a.as_of), r.since_receipt_business_seconds),
            case
                when r.refunded_at < r.received_at then 0
                else clock.pick(t.clock, r.after_receipt_calendar_seconds, r.after_receipt_business_seconds)
            end,
            t.limit_seconds
        ) as state,
    from marts.refunds as r
    join marts.cases as c using (case_key)
    join marts.terms as t on t.terms_id = c.terms_id and t.metric = 'refund_after_receipt_24h'
    cross join marts.as_of as a
    where not c.is_flagged and r.request_type in ('return_refund', 'refund_only_shipped') and r.received_at is not null
        and r.rejected_at is null
)
select
    case_key, case_id, refund_key as item_key, refund_id as item_id, day,
    (state = 'met')::utinyint as numerator, (state <> 'pending')::utinyint as denominator, state, value, value_business,
from measured
