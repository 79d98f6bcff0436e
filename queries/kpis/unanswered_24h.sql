-- One row per customer-started case with a ticket: was it left without an answer by a person for the limit?
with measured as (
    select
        c.case_key, c.case_id, c.started_on as day,
        c.first_response_calendar_seconds as measured_calendar_seconds, c.first_response_business_seconds as measured_business_seconds,
        clock.window_state(
            clock.pick(t.clock, c.waited_calendar_seconds, c.waited_business_seconds),
            clock.pick(t.clock, measured_calendar_seconds, measured_business_seconds), t.limit_seconds
        ) as state,
    from marts.cases as c
    join marts.terms as t on t.terms_id = c.terms_id and t.metric = 'unanswered_24h'
    where not c.is_flagged and c.is_customer_started
)
select
    case_key, case_id, null::integer as item_key, null::varchar as item_id, day,
    (state not in ('met', 'pending'))::utinyint as numerator, (state <> 'pending')::utinyint as denominator, state,
    null::double as value, null::double as value_business,
from measured
