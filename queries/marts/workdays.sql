-- One row per working day (Monday to Friday, holidays out, make-up workdays in), numbered, around the days of messages.
with days as (
    select unnest(generate_series(min(sent_at)::date - 7, max(sent_at)::date + 90, interval 1 day))::date as day
    from marts.message_signs
    where may_promise
)
select d.day, row_number() over (order by d.day) as place
from days as d
left join config.special_days as s using (day)
where coalesce(s.is_workday, isodow(d.day) <= 5)
