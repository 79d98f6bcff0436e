-- One row per open interval of a calendar, in UTC, with the open seconds before it.
with days as (
    select unnest(generate_series(first_day, last_day, interval 1 day))::date as day from marts.calendar_bounds
),
working as (
    select
        c.calendar, c.timezone, d.day,
        if(w.day is not null, 1, isodow(d.day)) as weekday,
    from config.calendars as c
    cross join days as d
    left join config.calendar_workdays as w on w.calendar = c.calendar and w.day = d.day
    anti join config.calendar_days_off as o on o.calendar = c.calendar and o.day = d.day
),
local as (
    select
        w.calendar,
        parse.zoned(w.day + to_minutes(h.opens_minute), w.timezone) as opens_at,
        parse.zoned(w.day + to_minutes(h.closes_minute), w.timezone) as closes_at,
    from working as w
    join config.calendar_hours as h on h.calendar = w.calendar and h.weekday = w.weekday
),
-- An hour that the clocks repeat must not be counted twice.
disjoint as (
    select
        calendar, closes_at,
        greatest(opens_at, max(closes_at) over (partition by calendar order by opens_at, closes_at rows between unbounded preceding and 1 preceding)) as opens_at,
    from local
)
select
    calendar, opens_at, closes_at,
    coalesce(sum(clock.seconds(opens_at, closes_at)) over (partition by calendar order by opens_at rows between unbounded preceding and 1 preceding), 0) as open_seconds_before,
from disjoint
where closes_at > opens_at
