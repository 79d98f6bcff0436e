-- No rows: nothing in the marts happened after the as-of instant.
select 'case' as kind, c.case_key, greatest(c.start_at, c.first_response_at, c.solution_at, c.first_completed_at, c.first_reopened_at) as instant
from marts.cases as c, marts.as_of as a
where greatest(c.start_at, c.first_response_at, c.solution_at, c.first_completed_at, c.first_reopened_at) > a.as_of
union all
select 'round', n.case_key, greatest(n.asked_at, n.answered_at)
from marts.rounds as n, marts.as_of as a
where greatest(n.asked_at, n.answered_at) > a.as_of
union all
select 'refund', r.case_key, greatest(r.applied_at, r.received_at, r.refunded_at)
from marts.refunds as r, marts.as_of as a
where greatest(r.applied_at, r.received_at, r.refunded_at) > a.as_of
