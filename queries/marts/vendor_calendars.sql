-- One row per vendor and period: the calendar in force.
select
    v.vendor_id, v.calendar,
    coalesce(parse.zoned(v.from_on::timestamp, c.timezone), '-infinity'::timestamp) as from_at,
    coalesce(parse.zoned(v.to_on::timestamp, c.timezone), 'infinity'::timestamp) as to_at,
from config.vendor_calendars as v
join config.calendars as c using (calendar)
