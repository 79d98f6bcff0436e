-- One row per calendar and UTC day: the open seconds before it and the open spans inside it, for clock.open_seconds.
with days as (
    select c.calendar, unnest(generate_series(b.first_day, b.last_day, interval 1 day))::date as day
    from config.calendars as c
    cross join marts.calendar_bounds as b
),
pieces as (
    select
        calendar, opens_at, closes_at,
        unnest(generate_series(opens_at::date, (closes_at - interval 1 microsecond)::date, interval 1 day))::date as day,
    from marts.calendar_intervals
),
spans as (
    select calendar, day, greatest(opens_at, day::timestamp) as opens_at, least(closes_at, (day + 1)::timestamp) as closes_at
    from pieces
),
totals as (
    select
        d.calendar, d.day,
        coalesce(list({opens_at: s.opens_at, closes_at: s.closes_at} order by s.opens_at) filter (s.opens_at is not null), []) as spans,
        coalesce(sum(clock.seconds(s.opens_at, s.closes_at)), 0) as open_seconds,
    from days as d
    left join spans as s using (calendar, day)
    group by d.calendar, d.day
)
select
    calendar, day, spans,
    sum(open_seconds) over (partition by calendar order by day) - open_seconds as open_seconds_before,
from totals
