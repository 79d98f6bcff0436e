-- One row per rated case: was the score 4 or 5?
select
    c.case_key, c.case_id, null::integer as item_key, null::varchar as item_id, c.rated_on as day,
    (c.csat_score >= 4)::utinyint as numerator, 1::utinyint as denominator, 'counted' as state,
    c.csat_score::double as value, null::double as value_business,
from marts.cases as c
where not c.is_flagged and c.csat_score is not null
