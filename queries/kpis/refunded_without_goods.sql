-- One row per paid refund of goods that had been sent: did the goods not come back by the window's end? Value: minor units lost.
with measured as (
    select
        c.case_key, c.case_id, r.refund_key, r.refund_id, r.refunded_on as day, r.amount_refunded_minor,
        clock.pick(t.clock, clock.seconds(r.refunded_at, a.as_of), r.since_refund_business_seconds) <= t.limit_seconds as is_open,
        not coalesce(
            r.received_at <= r.refunded_at
            or clock.pick(t.clock, clock.seconds(r.refunded_at, r.received_at), r.receipt_after_refund_business_seconds) <= t.limit_seconds,
            false
        ) and coalesce(r.goods_status not in ('returned', 'intercepted', 'lost_claimed', 'waived', 'unshipped'), true) as is_hit,
    from marts.refunds as r
    join marts.cases as c using (case_key)
    join marts.terms as t on t.terms_id = c.terms_id and t.metric = 'refunded_without_goods'
    cross join marts.as_of as a
    where not c.is_flagged and r.request_type in ('return_refund', 'refund_only_shipped') and r.refunded_at is not null
)
select
    case_key, case_id, refund_key as item_key, refund_id as item_id, day,
    (is_hit and not is_open)::utinyint as numerator, (not is_open)::utinyint as denominator,
    case when is_open then 'pending' when is_hit then 'breached' else 'met' end as state,
    if(is_hit and not is_open, amount_refunded_minor, null)::double as value, null::double as value_business,
from measured
