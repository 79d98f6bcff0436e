-- One row per case: did the platform intervene, and was that not withdrawn?
select
    c.case_key, c.case_id, null::integer as item_key, null::varchar as item_id, c.started_on as day,
    (c.is_disputed)::utinyint as numerator, 1::utinyint as denominator, 'counted' as state,
    null::double as value, null::double as value_business,
from marts.cases as c
where not c.is_flagged
