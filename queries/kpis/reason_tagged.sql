-- One row per completed case with a ticket: is the agent's reason in the taxonomy?
select
    c.case_key, c.case_id, null::integer as item_key, null::varchar as item_id, c.completed_on as day,
    (c.reason_agent is not null)::utinyint as numerator, 1::utinyint as denominator, 'counted' as state,
    null::double as value, null::double as value_business,
from marts.cases as c
where not c.is_flagged and c.is_ticket and c.first_completed_at is not null
