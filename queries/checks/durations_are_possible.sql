-- No rows: no duration is negative, and business time never exceeds calendar time.
with durations as (
    select case_key, 'first_response' as duration, first_response_calendar_seconds as calendar, first_response_business_seconds as business from marts.cases
    union all
    select case_key, 'first_touch', first_touch_calendar_seconds, first_touch_business_seconds from marts.cases
    union all
    select case_key, 'solution', solution_calendar_seconds, solution_business_seconds from marts.cases
    union all
    select case_key, 'reply', reply_calendar_seconds, reply_business_seconds from marts.rounds
    union all
    select case_key, 'refund', refund_calendar_seconds, refund_business_seconds from marts.refunds
    union all
    select case_key, 'decide', decide_calendar_seconds, decide_business_seconds from marts.refunds
    union all
    select case_key, 'transit', transit_calendar_seconds, transit_business_seconds from marts.refunds
    union all
    select case_key, 'pay', pay_calendar_seconds, pay_business_seconds from marts.refunds
)
select case_key, duration, calendar, business
from durations
where calendar < 0 or business < 0 or business > calendar + 0.001 or (calendar is null) <> (business is null)
