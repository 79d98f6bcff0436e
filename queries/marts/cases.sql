-- One row per case, in the order of their keys, with every duration on both clocks. Spam and merged tickets are flagged and in no denominator.
-- Left joins keep the wide side streaming, in the order it is stored; every case has an outcome.
select
    h.*, c.* exclude (case_key),
    h.is_ticket and not c.is_agent_started as is_customer_started,
    clock.local_day(c.start_at, z.timezone, z.fixed_since, z.offset_seconds) as started_on,
    clock.local_day(c.first_completed_at, z.timezone, z.fixed_since, z.offset_seconds) as completed_on,
    clock.local_day(h.csat_at, z.timezone, z.fixed_since, z.offset_seconds) as rated_on,
    coalesce(h.closed_at < c.start_at, false) or coalesce(c.first_completed_at < c.start_at, false) as has_impossible_order,
    clock.seconds(c.start_at, c.first_response_at) as first_response_calendar_seconds,
    if(c.calendar is null, clock.seconds(c.start_at, c.first_response_at), o.response_open - o.start_open) as first_response_business_seconds,
    clock.seconds(c.start_at, c.first_touch_at) as first_touch_calendar_seconds,
    if(c.calendar is null, clock.seconds(c.start_at, c.first_touch_at), o.touch_open - o.start_open) as first_touch_business_seconds,
    clock.seconds(c.start_at, c.solution_at) as solution_calendar_seconds,
    if(c.calendar is null, clock.seconds(c.start_at, c.solution_at), o.solution_open - o.start_open) as solution_business_seconds,
    clock.seconds(c.start_at, a.as_of) as waited_calendar_seconds,
    if(c.calendar is null, clock.seconds(c.start_at, a.as_of), o.now_open - o.start_open) as waited_business_seconds,
    clock.seconds(c.first_completed_at, a.as_of) as since_completed_calendar_seconds,
    if(c.calendar is null, clock.seconds(c.first_completed_at, a.as_of), o.now_open - o.completed_open) as since_completed_business_seconds,
    clock.seconds(c.first_completed_at, c.first_reopened_at) as reopened_after_calendar_seconds,
    if(c.calendar is null, clock.seconds(c.first_completed_at, c.first_reopened_at), o.reopened_open - o.completed_open) as reopened_after_business_seconds,
    clock.seconds(c.first_completed_at, c.first_break_at) as broken_after_calendar_seconds,
    if(c.calendar is null, clock.seconds(c.first_completed_at, c.first_break_at), o.broken_open - o.completed_open) as broken_after_business_seconds,
from marts.case_heads as h
left join marts.case_outcomes as c on c.case_key = h.case_key
cross join marts.as_of as a
join config.brands as z on z.brand_id = h.brand_id
left join marts.case_clocks as o on o.case_key = c.case_key
