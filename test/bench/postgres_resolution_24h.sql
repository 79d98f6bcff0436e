-- One row per vendor: numerator, denominator and pending of resolution_24h, for cases started from $1 to before $2.
with from_events as (
    select e.case_key, min(e.happened_at) as solution_at
    from case_events e join case_starts c using (case_key)
    where e.kind in ('solution_offered', 'solved', 'closed') and e.happened_at >= c.start_at
    group by e.case_key
),
from_refunds as (
    select x.case_key, min(greatest(least(r.approved_at, r.rejected_at, r.refunded_at), c.start_at)) as solution_at
    from refunds r join refund_cases x using (refund_key) join case_starts c on c.case_key = x.case_key
    where coalesce(r.approved_at, r.rejected_at, r.refunded_at) is not null
    group by x.case_key
),
measured as materialized (
    select c.vendor_id, waited.seconds <= t.limit_seconds as is_open, solved.seconds <= t.limit_seconds as is_met
    from case_starts c
    join terms t on t.terms_id = c.terms_id and t.metric = 'resolution_24h'
    cross join as_of a
    left join from_events e on e.case_key = c.case_key
    left join from_refunds r on r.case_key = c.case_key
    cross join lateral elapsed(c.calendar, t.clock, c.start_at, a.as_of) waited
    cross join lateral elapsed(c.calendar, t.clock, c.start_at, least(
        e.solution_at, r.solution_at, case when c.is_ticket and c.closed_at >= c.start_at then c.closed_at end
    )) solved
    where c.started_on >= $1::date and c.started_on < $2::date
)
select vendor_id as key, count(*) filter (where is_met and not is_open)::int as numerator, count(*) filter (where not is_open)::int as denominator,
    count(*) filter (where is_open)::int as pending
from measured group by vendor_id
