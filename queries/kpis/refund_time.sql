-- One row per refund paid: hours from application to payment.
select
    c.case_key, c.case_id, r.refund_key as item_key, r.refund_id as item_id, r.refunded_on as day,
    (true)::utinyint as numerator, 1::utinyint as denominator, 'counted' as state,
    r.refund_calendar_seconds / 3600 as value, r.refund_business_seconds / 3600 as value_business,
from marts.refunds as r
join marts.cases as c using (case_key)
where not c.is_flagged and r.refunded_at is not null
