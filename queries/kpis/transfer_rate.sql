-- One row per customer-started case with a ticket: was it passed on, or answered by two agents?
select
    c.case_key, c.case_id, null::integer as item_key, null::varchar as item_id, c.started_on as day,
    (c.transfers > 0 or c.agents >= 2)::utinyint as numerator, 1::utinyint as denominator, 'counted' as state,
    greatest(c.transfers, c.agents - 1, 0)::double as value, null::double as value_business,
from marts.cases as c
where not c.is_flagged and c.is_customer_started
