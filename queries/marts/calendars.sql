-- One row per calendar: cumulative open seconds at the as-of instant.
select d.calendar, clock.open_seconds(d.open_seconds_before, d.spans, a.as_of) as now_open,
from marts.calendar_days as d
join marts.as_of as a on d.day = a.as_of::date
