-- One row per completed case whose agent's and buyer's reasons are both in the taxonomy: are they the same?
select
    c.case_key, c.case_id, null::integer as item_key, null::varchar as item_id, c.completed_on as day,
    (c.reason_agent = c.reason_buyer)::utinyint as numerator, 1::utinyint as denominator, 'counted' as state,
    null::double as value, null::double as value_business,
from marts.cases as c
where not c.is_flagged and c.first_completed_at is not null and c.reason_agent is not null and c.reason_buyer is not null
