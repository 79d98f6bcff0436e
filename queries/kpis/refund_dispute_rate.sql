-- One row per refund: did the platform intervene, and was that not withdrawn?
select
    c.case_key, c.case_id, r.refund_key as item_key, r.refund_id as item_id, r.applied_on as day,
    (r.platform_intervened_at is not null and r.judged_for is distinct from 'withdrawn')::utinyint as numerator, 1::utinyint as denominator, 'counted' as state,
    null::double as value, null::double as value_business,
from marts.refunds as r
join marts.cases as c using (case_key)
where not c.is_flagged
