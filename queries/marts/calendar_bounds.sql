-- One row: the UTC days that calendars must reach over, from the earliest instant whose open seconds are asked for to the as-of instant.
-- Nobody is open before 1990: an instant of year 1, which some systems write for none, must not cost two thousand years of days.
with instants as (
    select min(least(start_at, first_completed_at, first_reopened_at, first_break_at)) as earliest
    from marts.case_outcomes
    union all
    select min(least(applied_at, approved_at, rejected_at, buyer_shipped_at, received_at, inspected_at, refunded_at))
    from marts.refunds_as_of
)
select greatest(least(any_value(a.as_of), min(i.earliest))::date - 2, date '1990-01-01') as first_day, any_value(a.as_of)::date + 2 as last_day
from instants as i
cross join marts.as_of as a
