-- One row per completed case that is not complex: did nobody outside the vendor have to step in, until the window closed?
with measured as (
    select
        c.case_key, c.case_id, c.completed_on as day, null::double as value,
        clock.pick(t.clock, c.since_completed_calendar_seconds, c.since_completed_business_seconds) <= t.limit_seconds as is_open,
        coalesce(clock.pick(t.clock, c.broken_after_calendar_seconds, c.broken_after_business_seconds) <= t.limit_seconds, false) as is_hit,
    from marts.cases as c
    join marts.terms as t on t.terms_id = c.terms_id and t.metric = 'autonomous_completion'
    where not c.is_flagged and c.first_completed_at is not null and c.severity is distinct from 'C'
)
select
    case_key, case_id, null::integer as item_key, null::varchar as item_id, day,
    (not is_open and not is_hit)::utinyint as numerator, (not is_open)::utinyint as denominator,
    case when is_open then 'pending' when is_hit then 'breached' else 'met' end as state,
    value, null::double as value_business,
from measured
