-- One row per case, with every duration on both clocks. Spam and merged tickets are flagged and in no denominator.
select
    c.* exclude (calendar),
    clock.local_day(c.start_at, z.timezone, z.fixed_since, z.offset_seconds) as started_on,
    clock.local_day(c.first_completed_at, z.timezone, z.fixed_since, z.offset_seconds) as completed_on,
    clock.local_day(c.csat_at, z.timezone, z.fixed_since, z.offset_seconds) as rated_on,
    c.closed_at < c.start_at or c.first_completed_at < c.start_at as has_impossible_order,
    clock.seconds(c.start_at, c.first_response_at) as first_response_calendar_seconds,
    clock.business_seconds(c.calendar, d_start, c.start_at, d_response, c.first_response_at) as first_response_business_seconds,
    clock.seconds(c.start_at, c.first_touch_at) as first_touch_calendar_seconds,
    clock.business_seconds(c.calendar, d_start, c.start_at, d_touch, c.first_touch_at) as first_touch_business_seconds,
    clock.seconds(c.start_at, c.solution_at) as solution_calendar_seconds,
    clock.business_seconds(c.calendar, d_start, c.start_at, d_solution, c.solution_at) as solution_business_seconds,
    clock.seconds(c.start_at, a.as_of) as waited_calendar_seconds,
    clock.business_seconds(c.calendar, d_start, c.start_at, d_now, a.as_of) as waited_business_seconds,
    clock.seconds(c.first_completed_at, a.as_of) as since_completed_calendar_seconds,
    clock.business_seconds(c.calendar, d_done, c.first_completed_at, d_now, a.as_of) as since_completed_business_seconds,
    clock.seconds(c.first_completed_at, c.first_reopened_at) as reopened_after_calendar_seconds,
    clock.business_seconds(c.calendar, d_done, c.first_completed_at, d_reopened, c.first_reopened_at) as reopened_after_business_seconds,
    clock.seconds(c.first_completed_at, c.first_break_at) as broken_after_calendar_seconds,
    clock.business_seconds(c.calendar, d_done, c.first_completed_at, d_broken, c.first_break_at) as broken_after_business_seconds,
from marts.case_outcomes as c
cross join marts.as_of as a
join config.brands as z on z.brand_id = c.brand_id
left join marts.calendar_days as d_start on d_start.calendar = c.calendar and d_start.day = c.start_at::date
left join marts.calendar_days as d_response on d_response.calendar = c.calendar and d_response.day = c.first_response_at::date
left join marts.calendar_days as d_touch on d_touch.calendar = c.calendar and d_touch.day = c.first_touch_at::date
left join marts.calendar_days as d_solution on d_solution.calendar = c.calendar and d_solution.day = c.solution_at::date
left join marts.calendar_days as d_now on d_now.calendar = c.calendar and d_now.day = a.as_of::date
left join marts.calendar_days as d_done on d_done.calendar = c.calendar and d_done.day = c.first_completed_at::date
left join marts.calendar_days as d_reopened on d_reopened.calendar = c.calendar and d_reopened.day = c.first_reopened_at::date
left join marts.calendar_days as d_broken on d_broken.calendar = c.calendar and d_broken.day = c.first_break_at::date
