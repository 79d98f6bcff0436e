-- One row per vendor: numerator, denominator and pending of autonomous_completion, for cases completed from $1 to before $2.
with states as (
    select
        case_key, happened_at, kind in ('solved', 'closed') as is_done,
        row_number() over (partition by case_key order by in_seq, happened_at, position) as place
    from (
        select *, case when count(*) over (partition by case_key) = count(seq) over (partition by case_key) then seq end as in_seq
        from case_events where kind in ('open', 'pending', 'solved', 'closed', 'reopened')
    ) s
),
changes as (
    select *, coalesce(lag(is_done) over (partition by case_key order by place), false) as was_done from states
),
completed as (
    select
        case_key, (array_agg(happened_at order by place) filter (where is_done and not was_done))[1] as first_done_at,
        min(happened_at) filter (where was_done and not is_done) as first_reopened_at
    from changes group by case_key
),
broken as (
    select case_key, min(happened_at) as broken_at from case_events
    where kind in ('escalated_to_brand', 'platform_intervened', 'platform_judged')
    group by case_key
),
intervened as (
    select x.case_key, min(r.platform_intervened_at) as intervened_at from refunds r join refund_cases x using (refund_key) group by x.case_key
),
cases as (
    select
        c.vendor_id, c.terms_id, c.calendar, coalesce(d.first_done_at, c.closed_at) as completed_at, c.timezone,
        least(d.first_reopened_at, b.broken_at, i.intervened_at) as break_at
    from case_starts c
    left join completed d using (case_key)
    left join broken b using (case_key)
    left join intervened i using (case_key)
    where c.severity is distinct from 'C'
),
measured as materialized (
    select
        c.vendor_id, waited.seconds <= t.limit_seconds as is_open, coalesce(broken.seconds <= t.limit_seconds, false) as is_broken
    from cases c
    join terms t on t.terms_id = c.terms_id and t.metric = 'autonomous_completion'
    cross join as_of a
    cross join lateral elapsed(c.calendar, t.clock, c.completed_at, a.as_of) waited
    cross join lateral elapsed(c.calendar, t.clock, c.completed_at, c.break_at) broken
    where (c.completed_at at time zone 'UTC' at time zone c.timezone)::date >= $1::date
        and (c.completed_at at time zone 'UTC' at time zone c.timezone)::date < $2::date
)
select vendor_id as key, count(*) filter (where not is_open and not is_broken)::int as numerator,
    count(*) filter (where not is_open)::int as denominator, count(*) filter (where is_open)::int as pending
from measured group by vendor_id
