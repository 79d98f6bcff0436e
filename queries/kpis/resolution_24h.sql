-- One row per case: was a solution on the table within the limit?
with measured as (
    select
        c.case_key, c.case_id, c.started_on as day,
        c.solution_calendar_seconds as measured_calendar_seconds, c.solution_business_seconds as measured_business_seconds,
        clock.window_state(
            clock.pick(t.clock, c.waited_calendar_seconds, c.waited_business_seconds),
            clock.pick(t.clock, measured_calendar_seconds, measured_business_seconds), t.limit_seconds
        ) as state,
    from marts.cases as c
    join marts.terms as t on t.terms_id = c.terms_id and t.metric = 'resolution_24h'
    where not c.is_flagged
)
select
    case_key, case_id, null::integer as item_key, null::varchar as item_id, day,
    (state = 'met')::utinyint as numerator, (state <> 'pending')::utinyint as denominator, state,
    measured_calendar_seconds / 3600 as value, measured_business_seconds / 3600 as value_business,
from measured
