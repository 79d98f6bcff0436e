-- One row per customer-started case with a ticket: did a person pick it up within the limit?
with measured as (
    select
        c.case_key, c.case_id, c.started_on as day,
        c.first_response_calendar_seconds as measured_calendar_seconds, c.first_response_business_seconds as measured_business_seconds,
        clock.window_state(
            clock.pick(t.clock, c.waited_calendar_seconds, c.waited_business_seconds),
            clock.pick(t.clock, measured_calendar_seconds, measured_business_seconds), t.limit_seconds
        ) as state,
    from marts.cases as c
    join marts.terms as t on t.terms_id = c.terms_id and t.metric = 'human_pickup_5m'
    where not c.is_flagged and c.is_customer_started
)
select
    case_key, case_id, null::integer as item_key, null::varchar as item_id, day,
    (state = 'met')::utinyint as numerator, (state <> 'pending')::utinyint as denominator, state,
    measured_calendar_seconds as value, measured_business_seconds as value_business,
from measured
