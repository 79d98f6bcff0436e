-- One row per round asked from 08:00:00 to 22:59:59 local time: was it answered within the limit? Values stop at 600 s.
with measured as (
    select
        c.case_key, c.case_id, n.round_number, n.asked_local::date as day, n.reply_calendar_seconds, n.reply_business_seconds,
        clock.window_state(
            clock.pick(t.clock, n.waited_calendar_seconds, n.waited_business_seconds),
            clock.pick(t.clock, n.reply_calendar_seconds, n.reply_business_seconds), t.limit_seconds
        ) as state,
    from marts.rounds as n
    join marts.cases as c using (case_key)
    join marts.terms as t on t.terms_id = c.terms_id and t.metric = 'reply_3m'
    where not c.is_flagged and hour(n.asked_local) between 8 and 22
)
select
    case_key, case_id, round_number as item_key, round_number::varchar as item_id, day,
    (state = 'met')::utinyint as numerator, (state <> 'pending')::utinyint as denominator, state,
    case when reply_calendar_seconds is not null then least(reply_calendar_seconds, 600) end as value,
    case when reply_business_seconds is not null then least(reply_business_seconds, 600) end as value_business,
from measured
