-- One row per case of a vendor with a calendar: cumulative open seconds at each of its instants.
select
    c.case_key,
    clock.open_seconds(d_start.open_seconds_before, d_start.spans, c.start_at) as start_open,
    clock.open_seconds(d_response.open_seconds_before, d_response.spans, c.first_response_at) as response_open,
    clock.open_seconds(d_touch.open_seconds_before, d_touch.spans, c.first_touch_at) as touch_open,
    clock.open_seconds(d_solution.open_seconds_before, d_solution.spans, c.solution_at) as solution_open,
    clock.open_seconds(d_done.open_seconds_before, d_done.spans, c.first_completed_at) as completed_open,
    clock.open_seconds(d_reopened.open_seconds_before, d_reopened.spans, c.first_reopened_at) as reopened_open,
    clock.open_seconds(d_broken.open_seconds_before, d_broken.spans, c.first_break_at) as broken_open,
    t.now_open,
from marts.case_outcomes as c
left join marts.calendar_days as d_start on d_start.calendar = c.calendar and d_start.day = c.start_at::date
left join marts.calendar_days as d_response on d_response.calendar = c.calendar and d_response.day = c.first_response_at::date
left join marts.calendar_days as d_touch on d_touch.calendar = c.calendar and d_touch.day = c.first_touch_at::date
left join marts.calendar_days as d_solution on d_solution.calendar = c.calendar and d_solution.day = c.solution_at::date
left join marts.calendar_days as d_done on d_done.calendar = c.calendar and d_done.day = c.first_completed_at::date
left join marts.calendar_days as d_reopened on d_reopened.calendar = c.calendar and d_reopened.day = c.first_reopened_at::date
left join marts.calendar_days as d_broken on d_broken.calendar = c.calendar and d_broken.day = c.first_break_at::date
join marts.calendars as t on t.calendar = c.calendar
