-- One row per open interval of a calendar from an instant on. Calendars are configuration: nobody's rows.
select clock.iso(opens_at) as opens_at, clock.iso(closes_at) as closes_at
from marts.calendar_intervals as i
where calendar = $calendar::varchar and closes_at > $from::timestamp
order by i.opens_at
limit $most::integer
